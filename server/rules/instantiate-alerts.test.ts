import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { currentValue, instantiateAlerts } from './instantiate-alerts.ts';
import type { MeasureSample } from './measures/measure.ts';
import { parseExpr } from './parse-expr.ts';
import { parseRuleFile } from './parse-rule-file.ts';

const samples: MeasureSample[] = [
  { labels: { service: 'orders', zone: '' }, value: 0.5 },
  { labels: { service: 'payments' }, value: 0.07 },
  { labels: { service: 'auth' }, value: 0.01 },
];
const read = (rule: string, limit = 0) =>
  parseRuleFile(`groups: [{name: g, limit: ${limit}, rules: [${rule}]}]`, 'a.yaml')[0]!;

describe('instantiateAlerts', () => {
  it('renders labels and annotations of what is over the threshold', () => {
    const rule = read(
      `{alert: Errors, expr: 'service_error_ratio{service!="auth"} > 0.05', labels: {severity: critical, who: "{{ $labels.service }}-team"}, annotations: {summary: "{{ $value | humanizePercentage }} of {{ $labels.service }}, {{ $externalURL }}"}}`,
    );
    const alerts = instantiateAlerts(rule, rule.expr!, samples, 'http://x');
    const labels = { alertname: 'Errors', service: 'orders', severity: 'critical', who: 'orders-team' };
    expect(alerts).toHaveLength(2);
    expect(alerts[0]).toEqual({
      fingerprint: fingerprint(labels),
      labels,
      annotations: { summary: '50% of orders, http://x' },
      value: 0.5,
    });
  });

  it('refuses series that the rule makes the same', () => {
    const rule = read(`{alert: A, expr: service_error_ratio > 0.05, labels: {service: all}}`);
    expect(() => instantiateAlerts(rule, rule.expr!, samples, '')).toThrow(/same labels/);
  });

  it('refuses more alerts than the limit of the group', () => {
    const rule = read(`{alert: A, expr: service_error_ratio > 0.05}`, 1);
    expect(() => instantiateAlerts(rule, rule.expr!, samples, '')).toThrow('limit is 1 alerts, and there are 2');
  });
});

it.each([
  ['service_error_ratio > 0.9', 0.5],
  ['service_error_ratio{service="auth"} > 0.9', 0.01],
  ['service_error_ratio < 0', 0.01],
  ['service_error_ratio == 0.07', 0.07],
  ['service_error_ratio == 3', 0.5],
  ['service_error_ratio{service="none"} > 0', null],
])('the current value of %s is %s', (expr, value) => expect(currentValue(parseExpr(expr), samples)).toBe(value));
