import { expect, it } from 'vitest';
import { alertDoors } from './alert-doors.ts';

const base = { runbook: null, labels: {}, activeSinceMs: 3_600_000, resolvedMs: null };

it('leads from a breaker to it, to the charts of the called service around that time, and to the runbook', () => {
  const doors = alertDoors({
    ...base,
    href: '/circuits?breaker=gateway~payments',
    labels: { name: 'payments', service: 'gateway' },
    runbook: 'circuit-open',
  });
  expect(doors).toEqual([
    { label: 'Circuit', href: '/circuits?breaker=gateway~payments' },
    { label: 'Charts at that time', href: '/services/payments?from=1800000&to=4200000' },
    { label: 'Runbook', href: '/runbooks/circuit-open' },
  ]);
});

it('shows the time until it was resolved', () => {
  const [, charts] = alertDoors({ ...base, href: '/services/a%20b', resolvedMs: 7_200_000 });
  expect(charts?.href).toBe('/services/a%20b?from=1800000&to=7800000');
});

it('promises no charts where no service is named', () => {
  expect(alertDoors({ ...base, href: '/dead-letters?service=orders' })[0]).toEqual({
    label: 'Dead letters',
    href: '/dead-letters?service=orders',
  });
  expect(alertDoors({ ...base, href: '/integrity/orphans' })).toEqual([{ label: 'Check', href: '/integrity/orphans' }]);
});
