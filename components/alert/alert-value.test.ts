import { expect, it } from 'vitest';
import type { Alert } from '#server/rules/schema.ts';
import { alertSummary } from './alert-summary.ts';
import { formatAlertValue } from './alert-value.ts';
import { byImportance } from './by-importance.ts';

it.each([
  [null, 'up == 0', '–'],
  [0.412, 'service:http_server_errors:ratio_rate1m{service="orders"} > 0.05', '41 %'],
  [0, 'up{job="x"} == 0', 'down'],
  [1, ' up == 0', 'up'],
  [2, 'max by (name) (circuit_breaker_state{state="open"}) == 1', '2 open'],
  [0, 'max by (name) (circuit_breaker_state{state="open"}) == 1', 'none open'],
  [1234, 'integrity_violations_new > 0', '1.23 k'],
])('%s of %s reads %s', (value, expr, text) => expect(formatAlertValue(value, expr)).toBe(text));

it('sums an alert up by its annotation, else by its labels', () => {
  const labels = { alertname: 'X', severity: 'critical', job: 'orders', instance: 'a' };
  expect(alertSummary({ rule: 'X', labels, annotations: { summary: ' orders is down ' } })).toBe('orders is down');
  expect(alertSummary({ rule: 'X', labels, annotations: {} })).toBe('X: orders, a');
  expect(alertSummary({ rule: 'X', labels: { alertname: 'X' }, annotations: {} })).toBe('X');
});

function alert(id: string, state: Alert['state'], severity: Alert['severity'], activeSinceMs: number): Alert {
  return { id, state, severity, activeSinceMs } as Alert;
}

it('lists what fires first, then by severity, then the newest', () => {
  const sorted = [
    alert('pending', 'pending', 'critical', 9),
    alert('old', 'firing', 'critical', 1),
    alert('warning', 'firing', 'warning', 8),
    alert('new', 'firing', 'critical', 2),
  ].toSorted(byImportance);
  expect(sorted.map(({ id }) => id)).toEqual(['new', 'old', 'warning', 'pending']);
});
