import { expect, test } from 'vitest';
import { rankDifferences } from './rank-differences.ts';

const row = (value: string, selected: number, others: number) => ({
  field: 'attribute' as const,
  key: 'k',
  value,
  selected,
  others,
});

test('counts become shares of their own set, and the larger difference comes first in either direction', () => {
  expect(rankDifferences([row('a', 4, 30), row('b', 1, 90), row('c', 10, 0)], 10, 100)).toEqual([
    { field: 'attribute', key: 'k', value: 'c', selectedShare: 1, othersShare: 0 },
    { field: 'attribute', key: 'k', value: 'b', selectedShare: 0.1, othersShare: 0.9 },
    { field: 'attribute', key: 'k', value: 'a', selectedShare: 0.4, othersShare: 0.3 },
  ]);
});

test('what both have alike is no difference', () => {
  expect(rankDifferences([row('same', 10, 100), row('nearly', 5, 51)], 10, 100)).toEqual([]);
});

test('one set alone has nothing to differ from', () => {
  expect(rankDifferences([row('a', 5, 0)], 5, 0)).toEqual([]);
  expect(rankDifferences([row('a', 0, 5)], 0, 5)).toEqual([]);
});

test('no more than a person reads', () => {
  const rows = Array.from({ length: 200 }, (_, index) => row(`${index}`, 10, 0));
  expect(rankDifferences(rows, 10, 10)).toHaveLength(60);
});
