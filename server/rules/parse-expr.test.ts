import { describe, expect, it } from 'vitest';
import { compare, ExprError, matchesLabels, parseExpr, type Comparator } from './parse-expr.ts';

describe('parseExpr', () => {
  it.each([
    ['up == 0', { measure: 'up', matchers: [], comparator: '==', threshold: 0 }],
    ['  service_error_ratio>0.05 ', { measure: 'service_error_ratio', matchers: [], comparator: '>', threshold: 0.05 }],
    [
      'up{job="gateway", instance=~"10\\\\..*",} != 1e0',
      {
        measure: 'up',
        matchers: [
          { name: 'job', op: '=', value: 'gateway' },
          { name: 'instance', op: '=~', value: '10\\..*' },
        ],
        comparator: '!=',
        threshold: 1,
      },
    ],
    [
      "circuit_breaker_open{name!~'pay|ship', service!=``} >= .5 # why",
      {
        measure: 'circuit_breaker_open',
        matchers: [
          { name: 'name', op: '!~', value: 'pay|ship' },
          { name: 'service', op: '!=', value: '' },
        ],
        comparator: '>=',
        threshold: 0.5,
      },
    ],
    [
      'integrity_violations_new{} < +Inf',
      { measure: 'integrity_violations_new', matchers: [], comparator: '<', threshold: Infinity },
    ],
  ])('%s', (text, expected) => expect(parseExpr(text)).toEqual(expected));

  it.each([
    ['', 0, /starts with the name/],
    ['rate(x[5m]) > 1', 0, /no measure rate; there are circuit_breaker_open/],
    ['up', 2, /Expected a comparison.*found the end/],
    ['up = 1', 3, /Expected a comparison/],
    ['up{job="a" instance="b"} == 0', 11, /Expected , or }/],
    ['up{job=a} == 0', 7, /quoted value, found "a} == 0"/],
    ['up{job="a', 7, /quoted value/],
    ['up{job=~"("} == 0', 8, /not a regular expression/],
    ['up == zero', 6, /number to compare with/],
    ['up == bool 1', 6, /bool/],
    ['up == 0 or vector(1)', 8, /Expected the end/],
  ])('refuses %s at %d', (text, offset, message) => {
    const caught = (() => {
      try {
        parseExpr(text);
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(caught).toBeInstanceOf(ExprError);
    expect((caught as ExprError).message).toMatch(message);
    expect((caught as ExprError).offset).toBe(offset);
  });
});

describe('matchesLabels', () => {
  const labels = { job: 'gateway', instance: '127.0.0.1:4000' };
  it.each([
    ['up{job="gateway"} == 0', true],
    ['up{job="gate"} == 0', false],
    ['up{job=~"gate"} == 0', false],
    ['up{job=~"gate.*|x"} == 0', true],
    ['up{job!~"gate.*"} == 0', false],
    ['up{zone=""} == 0', true],
    ['up{zone!=""} == 0', false],
    ['up{job!="gateway"} == 0', false],
  ])('%s: %s', (text, expected) => expect(matchesLabels(parseExpr(text), labels)).toBe(expected));
});

it.each<[number, Comparator, number, boolean]>([
  [1, '==', 1, true],
  [1, '!=', 1, false],
  [0.05, '>', 0.05, false],
  [0.05, '>=', 0.05, true],
  [0.04, '<', 0.05, true],
  [0.06, '<=', 0.05, false],
  [NaN, '>', 0, false],
])('%d %s %d is %s', (value, comparator, threshold, expected) => {
  expect(compare(value, comparator, threshold)).toBe(expected);
});
