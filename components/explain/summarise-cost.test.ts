import { expect, it } from 'vitest';
import { summariseCost } from './summarise-cost.ts';

const statement = { name: 'a', sql: '', params: {}, tookMs: 20 };

it('sums what statements took and read', () => {
  const reads = [
    { table: 'spans', parts: 2, rows: 100 },
    { table: 'red_1m', parts: 1, rows: 5 },
  ];
  expect(
    summariseCost([
      { ...statement, reads },
      { ...statement, reads: null },
    ]),
  ).toEqual({ rows: 105, storeMs: 40 });
});

it('says nothing of rows when no statement could', () => {
  expect(summariseCost([{ ...statement, reads: null }]).rows).toBeNull();
  expect(summariseCost([]).rows).toBeNull();
});
