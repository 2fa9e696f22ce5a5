import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allBuckets } from '#server/promql/histogram/bounds.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import { histogramToString } from '#server/promql/histogram/print.ts';
import { fromExponential } from './exponential-histogram.ts';
import { NativeTotal } from './native-total.ts';

const NONE = { offset: 0, counts: [] };
const zero = { scale: 0, zeroCount: 0, zeroThreshold: 0, positive: NONE, negative: NONE };

it('numbers buckets by their upper bounds', () => {
  const given = {
    ...zero,
    zeroCount: 2,
    positive: { offset: 0, counts: [1, 0, 3] },
    negative: { offset: -1, counts: [5] },
  };
  expect(histogramToString(fromExponential(given, 11, 4) as Histogram)).toBe(
    '{count:11, sum:4, [-1,-0.5):5, [-1e-128,1e-128]:2, (1,2]:1, (4,8]:3}',
  );
  expect(fromExponential({ ...zero, zeroThreshold: 0.5 }, 0, 0)).toMatchObject({ zeroThreshold: 0.5 });
});

it('merges what is finer than Prometheus has it', () => {
  const given = { ...zero, scale: 10, positive: { offset: -1, counts: [1, 2, 3, 4, 5, 6] } };
  // Four of scale 10 are one of 8: (-1, 0] ends one, 0 to 3 are the next.
  const merged = fromExponential(given, 21, 21) as Histogram;
  expect(merged.schema).toBe(8);
  expect([[...merged.positive.indexes], [...merged.positive.counts]]).toEqual([
    [0, 1, 2],
    [1, 14, 6],
  ]);
});

it.each([-5, 21])('says that a scale of %d is none', (scale) => {
  expect(fromExponential({ ...zero, scale }, 0, 0)).toContain('in [-4, 20]');
});

it('keeps every observation in a bucket that holds it', () => {
  const observations = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(observations, fc.integer({ min: -4, max: 10 }), (values, scale) => {
      const index = (value: number) => Math.ceil(Math.log2(value) * 2 ** scale) - 1;
      const offset = Math.min(...values.map(index));
      const counts = Array.from<number>({ length: Math.max(...values.map(index)) - offset + 1 }).fill(0);
      for (const value of values) counts[index(value) - offset]!++;
      const given = { ...zero, scale, positive: { offset, counts } };
      let below = 0;
      for (const { upper, count } of allBuckets(fromExponential(given, values.length, 0) as Histogram)) {
        below += count;
        // Observations within rounding of a bound may be on either side of it.
        expect(below).toBeGreaterThanOrEqual(values.filter((value) => value < upper * (1 - 1e-9)).length);
        expect(below).toBeLessThanOrEqual(values.filter((value) => value <= upper * (1 + 1e-9)).length);
      }
      expect(below).toBe(values.length);
    }),
    { numRuns: 300 },
  );
});

it('a total of deltas gets coarser where its range gets wide', () => {
  const total = new NativeTotal();
  for (let step = 0; step < 10; step++) {
    const counts = Array.from<number>({ length: 160 }).fill(1);
    const delta = fromExponential({ ...zero, scale: 8, positive: { offset: step * 160, counts } }, 160, 1) as Histogram;
    expect(total.add(step, step, delta)).toBe(true);
    expect(total.add(step, step, delta)).toBe(false);
  }
  const { schema, count, sum, positive } = total.histogram;
  expect([schema, count, sum, positive.indexes.length, positive.counts.reduce((a, b) => a + b, 0)]).toEqual([
    5, 1600, 10, 200, 1600,
  ]);
});
