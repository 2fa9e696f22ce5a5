import { expect, test } from 'vitest';
import { prepareHistogram } from './prepare-histogram.ts';

test('stacks the levels from the worst up', () => {
  const prepared = prepareHistogram({
    stepMs: 1000,
    buckets: [
      { tMs: 0, counts: { info: 6, error: 2, none: 1 } },
      { tMs: 3000, counts: { info: 1 } },
    ],
  });
  expect(prepared.columns[0]).toMatchObject({
    total: 9,
    parts: [
      { colour: 'var(--critical)', from: 0, to: 2 },
      { colour: 'var(--wire)', from: 2, to: 8 },
      { colour: 'var(--line-strong)', from: 8, to: 9 },
    ],
  });
  expect(prepared.columns[1]?.parts).toEqual([{ colour: 'var(--wire)', from: 0, to: 1 }]);
  expect(prepared.levels.map(({ key }) => key)).toEqual(['error', 'info', 'none']);
  expect(prepared.summary).toBe('10 lines: 2 error, 7 info, 1 no severity.');
  expect(prepared.yMax).toBeGreaterThanOrEqual(9);
});

test('a few lines do not look like a storm, and the axis counts whole lines', () => {
  const prepared = prepareHistogram({ stepMs: 1000, buckets: [{ tMs: 0, counts: { info: 1 } }] });
  expect(prepared.yMax).toBeGreaterThanOrEqual(4);
  expect(prepared.yTicks.every(Number.isInteger)).toBe(true);
});

test('nothing is said to be nothing', () => {
  expect(prepareHistogram({ stepMs: 1000, buckets: [] })).toMatchObject({
    total: 0,
    columns: [],
    summary: 'No lines.',
  });
});
