import { describe, expect, test } from 'vitest';
import { ask, askRange } from '../testing/ask.ts';

/** A value a minute from minute 0. Ranges leave their begin out: `[5m]` at minute 5 are minutes 1 to 5. */
async function at5(values: string, query: string): Promise<string> {
  const [line = 'nothing'] = await ask(`m{} ${values}`, query, 5);
  return line.replace(/^.* /, '');
}

describe('counters', () => {
  test.each([
    // 4 intervals of 60 within 5 minutes; the samples reach to within 1.1 intervals of both ends: the whole range counts.
    ['0+60x5', 'increase(m[5m])', '300'],
    ['0+60x5', 'rate(m[5m])', '1'],
    // A counter that began at zero is not carried on below zero: 0 at minute 1, so only 4 minutes count.
    ['_ 0+60x4', 'increase(m[5m])', '240'],
    ['_ 30+60x4', 'increase(m[5m])', '270'],
    // The first sample is too far from the begin: half an interval is added, unless that would be below zero.
    ['_ _ _ 1000+60x2', 'increase(m[5m])', '150'],
    ['_ _ _ 12+60x2', 'increase(m[5m])', '132'],
    // 3 differs from 2: the half interval is compared with zero after it is chosen, 45 of an average interval of 60 is not.
    ['_ _ _ 45+60x2', 'increase(m[5m])', '150'],
    // Reset: 100 -> 10 counts as 10.
    ['_ 40 70 100 10 40', 'increase(m[5m])', '125'],
    ['_ 40 70 100 10 40', 'resets(m[5m])', '1'],
    ['_ 40 70 100 10 40', 'irate(m[5m])', '0.5'],
    ['_ _ _ _ 40 10', 'irate(m[5m])', '0.1666666667'],
    ['_ _ _ _ 40 10', 'idelta(m[5m])', '-30'],
    ['0 _ _ _ _ 10', 'rate(m[5m])', 'nothing'],
    ['_ _ _ _ _ 10', 'irate(m[5m])', 'nothing'],
    // A gauge may be carried on below zero, and falls as it rises.
    ['_ 0+60x4', 'delta(m[5m])', '300'],
    ['100-20x5', 'delta(m[5m])', '-100'],
    ['0+60x3 stale', 'increase(m[5m])', '210'],
  ])('%s %s is %s', async (values, query, expected) => {
    expect(await at5(values, query)).toBe(expected);
  });
});

describe('over time', () => {
  const VALUES = '100 1 5 3 NaN 3';
  test.each([
    ['1 2 3 4 5 6', 'avg_over_time(m[5m])', '4'],
    ['1 2 3 4 5 6', 'sum_over_time(m[5m])', '20'],
    ['1 2 3 4 5 6', 'count_over_time(m[5m])', '5'],
    ['1 2 3 4 5 6', 'last_over_time(m[5m])', '6'],
    ['1 2 3 4 5 6', 'first_over_time(m[5m])', '2'],
    ['1 2 3 4 5 6', 'ts_of_first_over_time(m[5m])', '60'],
    ['1 2 3 4 5 6', 'ts_of_last_over_time(m[5m])', '300'],
    ['1 5 3 5 1 1', 'ts_of_max_over_time(m[5m])', '180'],
    ['1 5 3 5 1 1', 'ts_of_min_over_time(m[5m])', '300'],
    ['1 2 3 4 5 6', 'present_over_time(m[5m])', '1'],
    ['1 2 3 4 5 6', 'stdvar_over_time(m[5m])', '2'],
    ['1 2 3 4 5 6', 'stddev_over_time(m[5m])', '1.414213562'],
    ['1 2 3 4 5 10', 'mad_over_time(m[5m])', '1'],
    ['1 2 3 4 5 6', 'quantile_over_time(0.5, m[5m])', '4'],
    ['1 2 3 4 5 6', 'quantile_over_time(0.9, m[5m])', '5.6'],
    ['1 2 3 4 5 6', 'quantile_over_time(2, m[5m])', '+Inf'],
    ['1 2 3 4 5 6', 'quantile_over_time(-1, m[5m])', '-Inf'],
    [VALUES, 'min_over_time(m[5m])', '1'],
    [VALUES, 'max_over_time(m[5m])', '5'],
    [VALUES, 'sum_over_time(m[5m])', 'NaN'],
    // NaN is the smallest.
    [VALUES, 'quantile_over_time(0, m[5m])', 'NaN'],
    [VALUES, 'quantile_over_time(0.25, m[5m])', '1'],
    ['1 1 2 NaN NaN 2', 'changes(m[5m])', '3'],
    // Sums that a float cannot hold on the way.
    ['_ 1e308 1e308 1e308 1e308 1e308', 'avg_over_time(m[5m])', `1${'0'.repeat(308)}`],
    ['_ 1e17 1 1 1 -1e17', 'sum_over_time(m[5m])', '3'],
    ['_ _ Inf 1 2 3', 'avg_over_time(m[5m])', '+Inf'],
    ['_ _ Inf -Inf 2 3', 'avg_over_time(m[5m])', 'NaN'],
  ])('%s %s is %s', async (values, query, expected) => {
    expect(await at5(values, query)).toBe(expected);
  });
});

describe('predictions', () => {
  test.each([
    ['0+6x5', 'deriv(m[5m])', '0.1'],
    ['0+6x5', 'predict_linear(m[5m], 600)', '90'],
    ['7 7 7 7 7 7', 'predict_linear(m[5m], 600)', '7'],
    ['7 7 7 7 7 7', 'deriv(m[5m])', '0'],
    ['_ Inf Inf Inf Inf Inf', 'deriv(m[5m])', 'NaN'],
    ['_ _ _ _ _ 7', 'deriv(m[5m])', 'nothing'],
    // From the time of evaluation, not from the end of the range.
    ['0+6x5', 'predict_linear(m[2m] offset 3m, 0)', '30'],
    // s = v1; t = v2 - v1; then s' = 0.5 v + 0.5 (s + t), t' = 0.5 (s' - s) + 0.5 t: 2, 4, 5, 5.75, 5.9375
    ['1 2 4 4 5 5', 'double_exponential_smoothing(m[5m], 0.5, 0.5)', '5.9375'],
  ])('%s %s is %s', async (values, query, expected) => {
    expect(await at5(values, query)).toBe(expected);
  });

  test.each([
    ['0, 0.5', 'invalid smoothing factor. Expected: 0 < sf < 1, got: 0.000000'],
    ['0.5, 1', 'invalid trend factor. Expected: 0 < tf < 1, got: 1.000000'],
  ])('factors %s are refused', async (factors, message) => {
    await expect(at5('1 2 3 4 5 6', `double_exponential_smoothing(m[5m], ${factors})`)).rejects.toThrow(message);
  });
});

test('the name goes, except where the result is a sample of the metric', async () => {
  const series = 'm{a="1"} 1 2 3';
  expect(await ask(series, 'max_over_time(m[5m])', 2)).toEqual(['{a="1"} 3']);
  expect(await ask(series, 'last_over_time(m[5m])', 2)).toEqual(['m{a="1"} 3']);
});

test('every step has a range of its own', async () => {
  expect(await askRange('m 0+1x4 _x3', 'sum_over_time(m[2m])', [0, 7, 1])).toEqual(['{} 0 1 3 5 7 4 _ _']);
});
