import { expect, test } from 'vitest';
import { prepareHeatmap, rowBounds } from './prepare-heatmap.ts';

const range = { fromMs: 1000, toMs: 2000 };
const bucket = (tMs: number, durationMs: number, count: number, errors = 0) => ({ tMs, durationMs, count, errors });

test('lays buckets out on a grid whose steps are read from them', () => {
  const heatmap = prepareHeatmap([bucket(1000, 10, 1), bucket(1200, 20, 100, 7), bucket(1600, 80, 10)], range);
  expect(heatmap).toMatchObject({ stepMs: 200, ratio: 2, lowestMs: 10, fromMs: 1000, columns: 5, countMax: 100 });
  expect(heatmap.cells).toEqual([
    { column: 0, row: 0, count: 1, errors: 0, level: 1 },
    { column: 1, row: 1, count: 100, errors: 7, level: 5 },
    { column: 3, row: 3, count: 10, errors: 0, level: 3 },
  ]);
});

test('a column that begins before the range is kept, with the grid in phase', () => {
  const heatmap = prepareHeatmap([bucket(900, 10, 1), bucket(1100, 10, 1)], range);
  expect(heatmap.fromMs).toBe(900);
  expect(heatmap.cells.map(({ column }) => column)).toEqual([0, 1]);
});

test('one bucket alone has a sensible cell', () => {
  const heatmap = prepareHeatmap([bucket(1500, 40, 3)], range);
  expect(heatmap.stepMs).toBeCloseTo(1000 / 60);
  expect(heatmap.cells).toMatchObject([{ row: 0, level: 5 }]);
  expect(rowBounds(heatmap, 0)).toEqual({ fromMs: 40, toMs: 80 });
});

test('nothing, and nonsense from outside, draw nothing', () => {
  expect(prepareHeatmap([], range).cells).toEqual([]);
  expect(prepareHeatmap([bucket(1500, 0, 3), bucket(1500, 10, 0), bucket(9000, 10, 1)], range).cells).toEqual([]);
});
