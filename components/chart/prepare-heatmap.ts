import type { TimeRange } from '#server/time/schema.ts';
import type { DurationBucket } from '#server/traces/schema.ts';

export interface HeatCell {
  column: number;
  row: number;
  count: number;
  errors: number;
  /** 1 (few) to `LEVELS` (most), by the logarithm of the count. */
  level: number;
}

export interface PreparedHeatmap {
  cells: HeatCell[];
  columns: number;
  rows: number;
  /** Start of the first column, and the width of each. */
  fromMs: number;
  stepMs: number;
  /** Lower bound of the lowest row, and the factor from one to the next. */
  lowestMs: number;
  ratio: number;
  countMax: number;
}

export const LEVELS = 5;
const COLUMNS_DEFAULT = 60;
const RATIO_DEFAULT = 2;
/** More rows than pixels can show would only cost time. */
const ROWS_MAX = 64;
const ROWS_MIN = 6;

/** Lays buckets out on a grid; the width of a column and the height of a row are read from the buckets themselves. */
export function prepareHeatmap(buckets: readonly DurationBucket[], range: TimeRange): PreparedHeatmap {
  const used = buckets.filter(
    ({ count, durationMs, tMs }) =>
      count > 0 && durationMs > 0 && tMs < range.toMs && tMs > range.fromMs - spanOf(range),
  );
  const times = unique(used.map(({ tMs }) => tMs));
  const durations = unique(used.map(({ durationMs }) => durationMs));
  const spanMs = spanOf(range);
  const stepMs = smallest(times, (a, b) => b - a) ?? spanMs / COLUMNS_DEFAULT;
  const ratio = Math.max(1.05, smallest(durations, (a, b) => b / a) ?? RATIO_DEFAULT);
  const phase = times[0] ?? range.fromMs;
  const fromMs = phase - Math.ceil((phase - range.fromMs) / stepMs) * stepMs;
  const lowestMs = durations[0] ?? 1;
  const steps = Math.round(Math.log((durations.at(-1) ?? lowestMs) / lowestMs) / Math.log(ratio)) + 1;
  const rows = Math.min(ROWS_MAX, Math.max(ROWS_MIN, steps));
  const countMax = used.reduce((most, { count }) => Math.max(most, count), 0);
  const cells = used.map(({ tMs, durationMs, count, errors }) => ({
    column: Math.round((tMs - fromMs) / stepMs),
    row: Math.min(rows - 1, Math.round(Math.log(durationMs / lowestMs) / Math.log(ratio))),
    count,
    errors: Math.min(errors, count),
    level: levelOf(count, countMax),
  }));
  return { cells, columns: Math.ceil((range.toMs - fromMs) / stepMs), rows, fromMs, stepMs, lowestMs, ratio, countMax };
}

/** The bounds of a row in milliseconds. */
export function rowBounds(heatmap: PreparedHeatmap, row: number): { fromMs: number; toMs: number } {
  return { fromMs: heatmap.lowestMs * heatmap.ratio ** row, toMs: heatmap.lowestMs * heatmap.ratio ** (row + 1) };
}

function levelOf(count: number, max: number): number {
  if (max <= 1) return LEVELS;
  return 1 + Math.round((Math.log(count) / Math.log(max)) * (LEVELS - 1));
}

function spanOf(range: TimeRange): number {
  return range.toMs - range.fromMs;
}

function unique(values: number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

function smallest(sorted: number[], between: (a: number, b: number) => number): number | undefined {
  let least: number | undefined;
  for (let index = 1; index < sorted.length; index += 1) {
    const distance = between(sorted[index - 1] ?? 0, sorted[index] ?? 0);
    if (least === undefined || distance < least) least = distance;
  }
  return least;
}
