import { describe, expect, test } from 'vitest';
import { queryInstant } from '../query.ts';
import { ask } from '../testing/ask.ts';
import { loadSeries, memorySource } from '../testing/memory-source.ts';

const BUCKETS = `
  h_bucket{le="1",a="x"} 10
  h_bucket{le="2",a="x"} 30
  h_bucket{le="4",a="x"} 30
  h_bucket{le="+Inf",a="x"} 40`;

describe('histogram_quantile', () => {
  test.each([
    ['0', '0'],
    ['0.125', '0.5'],
    ['0.25', '1'],
    ['0.5', '1.5'],
    ['0.75', '2'],
    // In the endless bucket: the bound before it.
    ['0.9', '4'],
    ['1', '4'],
    ['-0.1', '-Inf'],
    ['1.1', '+Inf'],
    ['NaN', 'NaN'],
  ])('of %s is %s', async (quantile, expected) => {
    expect(await ask(BUCKETS, `histogram_quantile(${quantile}, h_bucket)`, 0)).toEqual([`{a="x"} ${expected}`]);
  });

  test.each([
    ['without +Inf', 'b{le="1"} 1\nb{le="2"} 2', 'NaN'],
    ['of one bucket', 'b{le="+Inf"} 2', 'NaN'],
    ['without observations', 'b{le="1"} 0\nb{le="+Inf"} 0', 'NaN'],
    ['with a first bound below zero', 'b{le="-1"} 4\nb{le="+Inf"} 4', '-1'],
    ['with the same bound written twice', 'b{le="1"} 1\nb{le="1.0"} 1\nb{le="2"} 4\nb{le="+Inf"} 4', '1'],
    ['with counts that fall', 'b{le="1"} 4\nb{le="2"} 3\nb{le="+Inf"} 8', '1'],
  ])('%s', async (_name, buckets, expected) => {
    expect(await ask(buckets, 'histogram_quantile(0.5, b)', 0)).toEqual([`{} ${expected}`]);
  });

  test('of two metrics that only their names tell apart is refused', async () => {
    const two = 'a{le="1"} 1\na{le="+Inf"} 2\nb{le="1"} 1\nb{le="+Inf"} 2';
    await expect(ask(two, 'histogram_quantile(0.5, {le!=""})', 0)).rejects.toThrow('same labelset');
  });

  test('says what it had to mend, and what was wrong with what it was given', async () => {
    const series = loadSeries('b{le="1"} 4\nb{le="2"} 3\nb{le="+Inf"} 8\nb{le="x"} 1\nb 1', 60_000);
    const { warnings, infos } = await queryInstant({
      source: memorySource(series),
      query: 'histogram_quantile(2, b) or histogram_quantile(0.5, b)',
      timeMs: 0,
    });
    expect(warnings.toSorted()).toEqual([
      'PromQL warning: bucket label "le" is missing or has a malformed value of "" for metric name "b" (1:23)',
      'PromQL warning: bucket label "le" is missing or has a malformed value of "" for metric name "b" (1:53)',
      'PromQL warning: bucket label "le" is missing or has a malformed value of "x" for metric name "b" (1:23)',
      'PromQL warning: bucket label "le" is missing or has a malformed value of "x" for metric name "b" (1:53)',
      'PromQL warning: quantile value should be between 0 and 1, got 2 (1:20)',
    ]);
    expect(infos).toEqual([
      'PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name "b" (1:53)',
    ]);
  });
});

test.each([
  ['histogram_fraction(0, 1, h_bucket)', ['{a="x"} 0.25']],
  ['histogram_fraction(0.5, 1.5, h_bucket)', ['{a="x"} 0.375']],
  ['histogram_fraction(4, Inf, h_bucket)', ['{a="x"} 0.25']],
  ['histogram_fraction(2, 1, h_bucket)', ['{a="x"} 0']],
  ['histogram_fraction(-Inf, 3, h_bucket)', ['{a="x"} 0.75']],
  ['histogram_fraction(5, 6, h_bucket)', ['{a="x"} 0']],
  ['histogram_quantiles(h_bucket, "q", 0.25, 0.5)', ['{a="x",q="0.25"} 1', '{a="x",q="0.5"} 1.5']],
])('%s', async (query, expected) => {
  expect(await ask(BUCKETS, query, 0)).toEqual(expected);
});
