import { describe, expect, it } from 'vitest';
import { parseExpr } from '#server/promql/parse/parse.ts';
import { printExpr } from '#server/promql/print/print-expr.ts';
import { nearest, splitThreshold } from './split-threshold.ts';

const split = (text: string) => splitThreshold(text, parseExpr(text));

describe('splitThreshold', () => {
  it.each([
    ['up == 0', 'up', '==', 0],
    ['  sum by (job) (rate(x{a="b"}[5m])) / 2 >= -1e3 # why', 'sum by (job) (rate(x{a="b"}[5m])) / 2', '>=', -1000],
    ['(a > 5) > (1)', '(a > 5)', '>', 1],
    ['a > 5 > 1', 'a > 5', '>', 1],
    ['-a < 1', '-a', '<', 1],
    ['(a offset 5m != +Inf)', 'a offset 5m', '!=', Infinity],
    ['rate(x[5m] offset 1m)[1h:5m] @ 5 > 1', null, '', 0],
    ['a @ 5 offset 1h > 5m', 'a @ 5 offset 1h', '>', 300],
    ['max_over_time(a[1h:1m] offset 2m) > 1', 'max_over_time(a[1h:1m] offset 2m)', '>', 1],
    ['a or b > 1', null, '', 0],
    ['a > bool 1', null, '', 0],
    ['1 < a', null, '', 0],
    ['a > b', null, '', 0],
    ['a > scalar(b)', null, '', 0],
    ['1 > bool 2', null, '', 0],
    ['absent(up)', null, '', 0],
  ])('%s', (text, vector, op, limit) => {
    // A range has no threshold, and is no rule either: the parser says so.
    if (text.includes('[1h:5m] @')) return expect(() => split(text)).toThrow(/binary expression must contain only/);
    const found = split(text);
    expect(found).toEqual(vector === null ? null : { vector, op, limit });
    if (found)
      expect(printExpr(parseExpr(`(${found.vector}) ${op} ${limit}`))).toContain(printExpr(parseExpr(found.vector)));
  });
});

it.each([
  ['a > 1', [0.2, NaN, 0.5], 0.5],
  ['a >= 1', [], null],
  ['a < 1', [3, 2], 2],
  ['a == 1', [0, 1], 1],
  ['a == 3', [0, 1], 0],
  ['a != 0', [0, 0], 0],
])('of %s the value to show of %j is %s', (text, values, expected) =>
  expect(nearest(split(text)!, values)).toBe(expected),
);
