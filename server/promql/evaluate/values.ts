import type { Histogram } from '../histogram/histogram.ts';
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
  /**
   * The steps whose value is a histogram, where there are any; `has` is 0 there, so that all that knows floats only passes them
   * over.
   */
  histograms?: HistogramSteps | undefined;
}

export type HistogramSteps = (Histogram | undefined)[];

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
  /** Those of the samples that are histograms. What says that a series has ended is always among the others. */
  histograms?: HistogramSamples | undefined;
}

export interface HistogramSamples {
  timestamps: Float64Array;
  values: Histogram[];
}

export function timeAt(grid: Grid, step: number): number {
  return grid.startMs + step * grid.stepMs;
}

export function createSeries(labels: Labels, count: number): VectorSeries {
  return { labels, values: new Float64Array(count), has: new Uint8Array(count) };
}

/** Whether it has a value at any step. */
export function isPopulated({ has, histograms }: VectorSeries): boolean {
  return has.includes(1) || (histograms?.some((one) => one !== undefined) ?? false);
}

/** At which steps it has a value of either kind. */
export function presenceOf({ has, histograms }: VectorSeries): Uint8Array {
  return histograms ? has.map((present, step) => (histograms[step] ? 1 : present)) : has;
}

export function setHistogram(row: VectorSeries, step: number, histogram: Histogram): void {
  row.histograms ??= Array.from<Histogram | undefined>({ length: row.has.length });
  row.histograms[step] = histogram;
}

/** The same without its histograms. */
export function floatsOf(row: VectorSeries): VectorSeries {
  return row.histograms ? { labels: row.labels, values: row.values, has: row.has } : row;
}

/**
 * The same labels may come from several series as long as no step has two of them: they become one row. Series without
 * any value go.
 */
export function mergeSameLabels(series: VectorSeries[]): VectorSeries[] {
  const byKey = new Map<string, VectorSeries>();
  for (const row of series) {
    if (!isPopulated(row)) continue;
    const known = byKey.get(row.labels.key);
    if (!known) {
      byKey.set(row.labels.key, row);
      continue;
    }
    const merged: VectorSeries = { labels: row.labels, values: known.values.slice(), has: known.has.slice() };
    if (known.histograms) merged.histograms = known.histograms.slice();
    for (let step = 0; step < row.has.length; step++) {
      const histogram = row.histograms?.[step];
      if (row.has[step] === 0 && !histogram) continue;
      if (merged.has[step] === 1 || merged.histograms?.[step])
        throw new PromqlError('execution', 'vector cannot contain metrics with the same labelset');
      if (histogram) setHistogram(merged, step, histogram);
      else {
        merged.has[step] = 1;
        merged.values[step] = row.values[step]!;
      }
    }
    byKey.set(row.labels.key, merged);
  }
  return [...byKey.values()];
}
