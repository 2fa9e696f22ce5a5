import { expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { faultOf, ruleSnippet, type RuleDraft } from './rule-snippet.ts';

const draft: RuleDraft = {
  kind: 'alert',
  name: 'TooManyErrors',
  expr: 'sum by (job) (rate(errors_total{path=~"/a: #.*"}[1m]))',
  condition: '>',
  threshold: '0.5',
  forText: '5m',
  severity: 'critical',
};
const ruleOf = (one: RuleDraft) => parse(ruleSnippet(one)).groups[0].rules[0];

it('writes an alert that YAML reads back', () => {
  expect(ruleOf({ ...draft, expr: 'up' })).toEqual({
    alert: 'TooManyErrors',
    expr: '(up) > 0.5',
    for: '5m',
    labels: { severity: 'critical' },
    annotations: { summary: 'TooManyErrors: {{ $value }}' },
  });
});

it('keeps quotes, colons, hashes and lines of the expression', () => {
  expect(ruleOf({ ...draft, condition: 'as written' }).expr).toBe(draft.expr);
  const lines = 'sum(\n  rate(x[1m])\n)  # all';
  expect(ruleOf({ ...draft, expr: lines }).expr).toBe(`(${lines}\n) > 0.5`);
});

it('writes a recording rule without what only alerts have', () => {
  expect(ruleOf({ ...draft, kind: 'record', name: 'job:errors:rate1m' })).toEqual({
    record: 'job:errors:rate1m',
    expr: draft.expr,
  });
});

test.each<[Partial<RuleDraft>, RegExp | null]>([
  [{}, null],
  [{ name: 'two words' }, /Name the alert/],
  [{ kind: 'record', name: 'job:errors:rate1m' }, null],
  [{ kind: 'record', name: '1st' }, /as a metric/],
  [{ threshold: '' }, /number/],
  [{ threshold: 'much' }, /number/],
  [{ threshold: '', condition: 'as written' }, null],
  [{ forText: '1h30m' }, null],
  [{ forText: '5' }, /30s, 5m/],
])('%j is judged', (change, fault) => {
  const found = faultOf({ ...draft, ...change });
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBeNull();
});
