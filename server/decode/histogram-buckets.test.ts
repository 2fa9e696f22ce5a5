import { expect, it } from 'vitest';
import { explicitBuckets } from './histogram-buckets.ts';

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
