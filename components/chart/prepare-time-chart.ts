import type { TimeRange } from '#server/time/schema.ts';
import { ticksBetween } from './nice-ticks.ts';
import { UNITS, type Unit } from './unit.ts';

export interface ChartSeries<P> {
  key: string;
  label: string;
  /** A colour token as CSS: `var(--series-1)`. */
  colour: string;
  /** Fills the ground below the line. */
  area?: boolean;
  value: (point: P) => number | null;
}

/** One moment of a chart: its time, and a value or a gap for each series by key. */
export interface ChartRow {
  tMs: number;
  values: Record<string, number | null>;
  /** Series with a value here and none beside it: a line would not show them. */
  alone: readonly string[];
}

export interface PreparedChart {
  rows: ChartRow[];
  yTicks: number[];
  yMin: number;
  yMax: number;
  /** The chart in a sentence, for those who cannot see it. */
  summary: string;
}

interface ChartInput<P> {
  points: readonly P[];
  stepMs: number;
  range: TimeRange;
  unit: Unit;
  series: readonly ChartSeries<P>[];
}

const Y_STEPS = 4;

/** Decides what a chart over time shows: rows with gaps where nothing was measured, a round axis, a summary. */
export function prepareTimeChart<P extends { tMs: number }>(input: ChartInput<P>): PreparedChart {
  const { points, stepMs, range, unit, series } = input;
  const shown = points.filter((point) => point.tMs > range.fromMs - stepMs && point.tMs < range.toMs);
  const rows = markAlone(withGaps(shown, stepMs, series), series);
  const values = rows.flatMap((row) => Object.values(row.values)).filter((value) => value !== null);
  const { topMin, topMax } = UNITS[unit];
  const top = values.reduce((most, value) => Math.max(most, value), topMin);
  const bottom = values.reduce((least, value) => Math.min(least, value), 0);
  // Nothing but zeros still needs an axis with a length.
  const upper = top === 0 && bottom === 0 ? 1 : Math.min(top, topMax);
  const yTicks = ticksBetween(bottom, upper, Y_STEPS).filter((tick) => tick <= topMax);
  const [yMin = 0] = yTicks;
  return { rows, yTicks, yMin, yMax: yTicks.at(-1) ?? topMin, summary: summarise(rows, unit, series) };
}

/** The row whose bucket holds the moment, or the nearest one; undefined when there are none. */
export function nearestRow(rows: readonly ChartRow[], tMs: number): ChartRow | undefined {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rows[middle]?.tMs ?? 0) <= tMs) low = middle;
    else high = middle - 1;
  }
  const before = rows[low];
  const after = rows[low + 1];
  if (!before || !after) return before;
  return tMs - before.tMs <= after.tMs - tMs ? before : after;
}

type Row = Omit<ChartRow, 'alone'>;

function withGaps<P extends { tMs: number }>(points: readonly P[], stepMs: number, series: readonly ChartSeries<P>[]) {
  const rows: Row[] = [];
  for (const point of points.toSorted((a, b) => a.tMs - b.tMs)) {
    const last = rows.at(-1);
    if (last && point.tMs - last.tMs > stepMs * 1.5) {
      rows.push({ tMs: last.tMs + stepMs, values: Object.fromEntries(series.map(({ key }) => [key, null])) });
    }
    rows.push({
      tMs: point.tMs,
      values: Object.fromEntries(series.map(({ key, value }) => [key, finite(value(point))])),
    });
  }
  return rows;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function markAlone(rows: readonly Row[], series: readonly { key: string }[]): ChartRow[] {
  const has = (index: number, key: string) => (rows[index]?.values[key] ?? null) !== null;
  return rows.map((row, index) => ({
    ...row,
    alone: series
      .map(({ key }) => key)
      .filter((key) => has(index, key) && !has(index - 1, key) && !has(index + 1, key)),
  }));
}

/** Who listens cannot skim. */
const SENTENCES_MAX = 8;

function summarise(rows: readonly ChartRow[], unit: Unit, series: readonly { key: string; label: string }[]): string {
  const { format } = UNITS[unit];
  const sentences = series.slice(0, SENTENCES_MAX).map(({ key, label }) => {
    const values = rows.map((row) => row.values[key] ?? null).filter((value) => value !== null);
    const last = values.at(-1);
    if (last === undefined) return `${label}: nothing was measured.`;
    return `${label}: last ${format(last)}, lowest ${format(Math.min(...values))}, highest ${format(Math.max(...values))}.`;
  });
  if (series.length > SENTENCES_MAX) sentences.push(`And ${series.length - SENTENCES_MAX} more.`);
  return sentences.join(' ');
}
