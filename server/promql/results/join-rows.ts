import { createSeries, isPopulated, setHistogram, type Grid, type VectorSeries } from '../evaluate/values.ts';

/** Rows over some steps of a grid. */
export interface Stretch {
  grid: Grid;
  rows: VectorSeries[];
}

/** The rows over a whole grid, of stretches that overlap nowhere; what lies outside of the grid is left out. */
export function joinRows(stretches: Stretch[], grid: Grid): VectorSeries[] {
  const joined = new Map<string, VectorSeries>();
  for (const { grid: part, rows } of stretches) {
    const shift = stepsBetween(grid, part);
    const from = Math.max(0, -shift);
    const until = Math.min(part.count, grid.count - shift);
    if (until <= from) continue;
    for (const row of rows) {
      const here = sliceRow(row, from, until);
      if (!isPopulated(here)) continue;
      const whole = joined.get(row.labels.key) ?? createSeries(row.labels, grid.count);
      joined.set(row.labels.key, whole);
      whole.values.set(here.values, shift + from);
      whole.has.set(here.has, shift + from);
      here.histograms?.forEach((one, step) => one && setHistogram(whole, shift + from + step, one));
    }
  }
  return [...joined.values()];
}

/** How many steps later the second one begins. */
export function stepsBetween(first: Grid, second: Grid): number {
  return Math.round((second.startMs - first.startMs) / first.stepMs);
}

/** The steps from one place until another one, without copying. */
export function sliceGrid(grid: Grid, from: number, until: number): Grid {
  return { startMs: grid.startMs + from * grid.stepMs, stepMs: grid.stepMs, count: Math.max(0, until - from) };
}

/** The row from one step until another one, without copying its numbers. */
export function sliceRow({ labels, values, has, histograms }: VectorSeries, from: number, until: number): VectorSeries {
  return {
    labels,
    values: values.subarray(from, until),
    has: has.subarray(from, until),
    ...(histograms ? { histograms: histograms.slice(from, until) } : {}),
  };
}
