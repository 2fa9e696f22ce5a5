import { expect, it } from 'vitest';
import { rulesWokenBy } from './event-metrics.ts';
import { parseRuleFile } from './parse-rule-file.ts';

const [group] = parseRuleFile(
  `
groups:
  - name: g
    rules:
      - {record: breakers:open, expr: 'sum(circuit_breaker_state{state="open"})'}
      - {alert: Up, expr: up == 0}
      - {alert: Open, expr: 'breakers:open > 0 and on () up'}
      - {alert: Was, expr: 'max_over_time({__name__="circuit_breaker_state"}[5m:1m]) > 0'}
      - {alert: Wrong, expr: 'circuit_breaker_state >'}
      - {alert: Rows, expr: 'topk(scalar(integrity_violations), -integrity_violations_new) > 1'}
      - {alert: Both, expr: 'circuit_breaker_state == 1 unless integrity_violations'}
`,
  'a.yaml',
);
const names = (event: 'circuit' | 'integrity') => rulesWokenBy(event, group!.rules).map(({ name }) => name);

it('an event concerns the rules that ask for its series, and those that ask for what these record', () => {
  expect(names('circuit')).toEqual(['breakers:open', 'Open', 'Was', 'Both']);
  expect(names('integrity')).toEqual(['Rows', 'Both']);
});
