import { expect, it } from 'vitest';
import { parseSeriesName, parseSeriesValues } from './series-values.ts';

it.each([
  ['1 2.5 -3 1e3', [1, 2.5, -3, 1000]],
  ['0+10x3', [0, 10, 20, 30]],
  ['-2-4x2 5x2', [-2, -6, -10, 5, 5, 5]],
  ['0x2', [0, 0, 0]],
  ['_ 1 _x2 stale', [null, 1, null, null, 'stale']],
  ['NaN Inf -Inf +inf', [NaN, Infinity, -Infinity, Infinity]],
  // Each from the one before, with the error of the sums.
  ['0+0.1x3', [0, 0.1, 0.2, 0.1 + 0.1 + 0.1]],
  ['', []],
])('%s', (text, values) => expect(parseSeriesValues(text)).toEqual(values));

it.each([
  ['1 two', /"two" is neither/],
  ['{{shcema:0}}', /"shcema:0" is no field of a histogram/],
  ['{{count:x}}', /"x" is no number/],
  ['{{count:1}}*2', /is no histogram/],
  ['{{count:1}}x99999999', /more than 1000000 values/],
  ['1x99999999', /more than 1000000 values/],
])('refuses %s', (text, message) => expect(() => parseSeriesValues(text)).toThrow(message));

it.each([
  ['up{job="a", zone=\'b\'}', { __name__: 'up', job: 'a', zone: 'b' }],
  ['{__name__="x", a="b"}', { __name__: 'x', a: 'b' }],
  ['{}', {}],
  ['', {}],
])('the series %s', (text, labels) => expect(parseSeriesName(text).toJSON()).toEqual(labels));

it('refuses what is no name of a series', () => {
  expect(() => parseSeriesName('up{job=~"a"}')).toThrow(/not the name of a series/);
  expect(() => parseSeriesName('sum(up)')).toThrow(/not the name of a series/);
});

it('native histograms, which may grow by another', () => {
  const values = parseSeriesValues(
    '1 {{schema:1 count:2 sum:3 buckets:[2]}}+{{schema:1 count:1 sum:1 buckets:[0 1]}}x2 _',
  );
  expect(
    values.map((value) => (typeof value === 'object' && value ? [value.count, ...value.positive.counts] : value)),
  ).toEqual([1, [2, 2], [3, 2, 1], [4, 2, 2], null]);
});
