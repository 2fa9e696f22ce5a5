import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explicitBuckets, exponentialBuckets, type Bucket } from './histogram-buckets.ts';

const NONE = { offset: 0, counts: [] };

it('takes explicit buckets, and says why not', () => {
  expect(explicitBuckets([1, 2], [3, 4, 5])).toEqual([
    { le: 1, count: 3 },
    { le: 2, count: 4 },
  ]);
  expect(explicitBuckets([], [])).toEqual([]);
  expect(explicitBuckets([], [7])).toEqual([]);
  expect(explicitBuckets([1, Infinity], [1, 2, 0])).toEqual([{ le: 1, count: 1 }]);
  expect(explicitBuckets([1, 2], [3, 4])).toContain('one bucket more');
  expect(explicitBuckets([2, 1], [3, 4, 5])).toContain('must ascend');
  expect(explicitBuckets([Number.NaN], [3, 4])).toContain('must ascend');
});

it('puts the bounds of an exponential histogram where its scale has them', () => {
  const zero = { scale: 0, zeroCount: 2, zeroThreshold: 0, negative: NONE };
  expect(exponentialBuckets({ ...zero, positive: { offset: 0, counts: [1, 0, 3] } })).toEqual([
    { le: 0, count: 2 },
    { le: 2, count: 1 },
    { le: 4, count: 0 },
    { le: 8, count: 3 },
  ]);
  const mirrored = { ...zero, positive: { offset: -1, counts: [5] }, negative: { offset: 0, counts: [1, 2] } };
  expect(exponentialBuckets(mirrored)).toEqual([
    { le: -2, count: 2 },
    { le: -1, count: 1 },
    { le: 0, count: 2 },
    { le: 1, count: 5 },
  ]);
  expect(exponentialBuckets({ ...zero, scale: 21, positive: NONE })).toContain('scale');
});

/** What any exact conversion must keep: each observation lies below its own bucket's bound, and above that of the one before. */
it('keeps every observation in a bucket that holds it, in at most 120 buckets a side', () => {
  const observations = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(observations, fc.integer({ min: -2, max: 8 }), (values, scale) => {
      const index = (value: number) => Math.ceil(Math.log2(value) * 2 ** scale) - 1;
      const offset = Math.min(...values.map(index));
      const counts = Array.from<number>({ length: Math.max(...values.map(index)) - offset + 1 }).fill(0);
      for (const value of values) counts[index(value) - offset]!++;
      const given = { scale, zeroCount: 0, zeroThreshold: 0, negative: NONE, positive: { offset, counts } };
      const buckets = exponentialBuckets(given) as Bucket[];
      expect(buckets.length).toBeLessThanOrEqual(120);
      let below = 0;
      for (const { le, count } of buckets) {
        below += count;
        // Observations within rounding of a bound may be on either side of it.
        expect(below).toBeGreaterThanOrEqual(values.filter((value) => value < le * (1 - 1e-9)).length);
        expect(below).toBeLessThanOrEqual(values.filter((value) => value <= le * (1 + 1e-9)).length);
      }
      expect(below).toBe(values.length);
    }),
    { numRuns: 500 },
  );
});

const boundsAt = (scale: number, counts: number) => {
  const positive = { offset: 0, counts: Array.from<number>({ length: counts }).fill(1) };
  const buckets = exponentialBuckets({ scale, zeroCount: 0, zeroThreshold: 0, negative: NONE, positive });
  return (buckets as Bucket[]).map(({ le }) => le);
};

it('has the bounds of a coarser scale among those of a finer one, to the last bit', () => {
  const fine = new Set(boundsAt(2, 40));
  for (const bound of [...boundsAt(1, 20), ...boundsAt(0, 10)]) expect(fine).toContain(bound);
});
