import type { Labels } from '../labels/labels.ts';
import { PromqlError } from '../promql-error.ts';

/** The times of a query, or of a subquery in it. */
export interface Grid {
  startMs: number;
  stepMs: number;
  count: number;
}

/** One row of the matrix: a value per step, and whether there is one. NaN is a value. */
export interface VectorSeries {
  labels: Labels;
  values: Float64Array;
  has: Uint8Array;
}

export type Value =
  | { type: 'scalar'; values: Float64Array }
  | { type: 'vector'; series: VectorSeries[] }
  | { type: 'string'; text: string };

/** Samples of one series in the order of time. */
export interface RawSeries {
  labels: Labels;
  timestamps: Float64Array;
  values: Float64Array;
  /** Marks samples that say that the series has ended; undefined when there are none. */
  stale: Uint8Array | undefined;
}

export function timeAt(grid: Grid, step: number): number {
  return grid.startMs + step * grid.stepMs;
}

export function createSeries(labels: Labels, count: number): VectorSeries {
  return { labels, values: new Float64Array(count), has: new Uint8Array(count) };
}

/**
 * The same labels may come from several series as long as no step has two of them: they become one row. Series without
 * any value go.
 */
export function mergeSameLabels(series: VectorSeries[]): VectorSeries[] {
  const byKey = new Map<string, VectorSeries>();
  for (const row of series) {
    if (!row.has.includes(1)) continue;
    const known = byKey.get(row.labels.key);
    if (!known) {
      byKey.set(row.labels.key, row);
      continue;
    }
    const merged = { labels: row.labels, values: known.values.slice(), has: known.has.slice() };
    for (let step = 0; step < row.has.length; step++) {
      if (row.has[step] === 0) continue;
      if (merged.has[step] === 1)
        throw new PromqlError('execution', 'vector cannot contain metrics with the same labelset');
      merged.has[step] = 1;
      merged.values[step] = row.values[step]!;
    }
    byKey.set(row.labels.key, merged);
  }
  return [...byKey.values()];
}
