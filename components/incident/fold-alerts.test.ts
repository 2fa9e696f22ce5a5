import { expect, it } from 'vitest';
import { foldAlerts } from './fold-alerts.ts';

const alert = (id: string, summary: string, href = '/circuits') => ({ id, rule: 'CircuitOpen', summary, href });

it('names once what fired again, and apart what fired elsewhere', () => {
  const alerts = [
    alert('3', 'no longer calls'),
    alert('2', 'no longer calls', '/services/orders'),
    alert('1', 'no longer calls'),
  ];
  expect(foldAlerts(alerts)).toEqual([
    { alert: alerts[0], times: 2 },
    { alert: alerts[1], times: 1 },
  ]);
});
