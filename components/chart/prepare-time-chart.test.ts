import { describe, expect, test } from 'vitest';
import { nearestRow, prepareTimeChart, type ChartSeries } from './prepare-time-chart.ts';

interface P {
  tMs: number;
  v: number | null;
}
const V: ChartSeries<P> = { key: 'v', label: 'p95', colour: 'var(--series-1)', value: (point) => point.v };
const range = { fromMs: 1000, toMs: 2000 };

function prepare(points: P[], unit: 'duration' | 'ratio' | 'rate' = 'duration') {
  return prepareTimeChart({ points, stepMs: 100, range, unit, series: [V] });
}

describe('prepareTimeChart', () => {
  test('a bucket without an answer is a gap and not zero', () => {
    const { rows } = prepare([
      { tMs: 1000, v: 5 },
      { tMs: 1100, v: null },
      { tMs: 1200, v: 7 },
    ]);
    expect(rows.map((row) => row.values['v'])).toEqual([5, null, 7]);
  });

  test('missing buckets break the line', () => {
    const { rows } = prepare([
      { tMs: 1000, v: 5 },
      { tMs: 1500, v: 7 },
    ]);
    expect(rows.map((row) => [row.tMs, row.values['v']])).toEqual([
      [1000, 5],
      [1100, null],
      [1500, 7],
    ]);
  });

  test('a value between gaps is marked, for a line would not show it', () => {
    const { rows } = prepare([
      { tMs: 1000, v: null },
      { tMs: 1100, v: 5 },
      { tMs: 1200, v: null },
      { tMs: 1300, v: 6 },
      { tMs: 1400, v: 6 },
    ]);
    expect(rows.map((row) => row.alone)).toEqual([[], ['v'], [], [], []]);
  });

  test('unordered points are put in order, those outside are left out, not-a-number is a gap', () => {
    const { rows } = prepare([
      { tMs: 2000, v: 1 },
      { tMs: 1100, v: Number.NaN },
      { tMs: 1000, v: 2 },
      { tMs: 800, v: 3 },
    ]);
    expect(rows.map((row) => [row.tMs, row.values['v']])).toEqual([
      [1000, 2],
      [1100, null],
    ]);
  });

  test('the axis is round, reaches the highest value, and a share never passes 100 %', () => {
    expect(prepare([{ tMs: 1000, v: 730 }]).yMax).toBe(800);
    expect(prepare([{ tMs: 1000, v: 1 }], 'ratio').yMax).toBe(1);
    expect(prepare([{ tMs: 1000, v: 0.0001 }], 'ratio').yMax).toBe(0.04);
    expect(prepare([]).yMax).toBe(1);
  });

  test('the summary says the last, the lowest and the highest with their unit', () => {
    const { summary } = prepare([
      { tMs: 1000, v: 50 },
      { tMs: 1100, v: 1500 },
      { tMs: 1200, v: 412 },
    ]);
    expect(summary).toBe('p95: last 412 ms, lowest 50 ms, highest 1.5 s.');
    expect(prepare([]).summary).toBe('p95: nothing was measured.');
  });
});

test.each([
  [0, 1000],
  [1040, 1000],
  [1060, 1100],
  [5000, 1200],
])('nearest to %d is %d', (tMs, expected) => {
  const { rows } = prepare([
    { tMs: 1000, v: 1 },
    { tMs: 1100, v: 1 },
    { tMs: 1200, v: 1 },
  ]);
  expect(nearestRow(rows, tMs)?.tMs).toBe(expected);
});

test('no rows, no nearest', () => expect(nearestRow([], 1)).toBeUndefined());
