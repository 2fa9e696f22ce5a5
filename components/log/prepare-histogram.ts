import type { ChartRow } from '#components/chart/prepare-time-chart.ts';
import { niceTicks } from '#components/chart/nice-ticks.ts';
import { formatInteger } from '#components/format/number.ts';
import type { LogHistogram, LogLevel } from '#server/logs/schema.ts';

/** From the foot of a column to its top: what matters stands on the ground, where it can be compared. */
export const LEVELS: readonly { key: LogLevel; label: string; colour: string }[] = [
  { key: 'error', label: 'error', colour: 'var(--critical)' },
  { key: 'warn', label: 'warn', colour: 'var(--warn)' },
  { key: 'info', label: 'info', colour: 'var(--wire)' },
  { key: 'debug', label: 'debug', colour: 'var(--wire-dead)' },
  { key: 'none', label: 'no severity', colour: 'var(--line-strong)' },
];

export interface HistogramColumn {
  tMs: number;
  total: number;
  /** Stretches of the column in lines, from the foot. */
  parts: { colour: string; from: number; to: number }[];
  row: ChartRow;
}

export interface PreparedHistogram {
  columns: HistogramColumn[];
  yTicks: number[];
  yMax: number;
  total: number;
  /** The levels that occur. */
  levels: typeof LEVELS;
  summary: string;
}

const Y_STEPS = 3;

/** Decides what the histogram of lines shows: stacked columns, a round axis, a sentence. */
export function prepareHistogram({ buckets }: LogHistogram): PreparedHistogram {
  const columns = buckets.map(({ tMs, counts }) => {
    let total = 0;
    const parts = LEVELS.flatMap(({ key, colour }) => {
      const count = counts[key] ?? 0;
      if (count === 0) return [];
      total += count;
      return [{ colour, from: total - count, to: total }];
    });
    const values = Object.fromEntries(LEVELS.map(({ key }) => [key, counts[key] ?? 0]));
    return { tMs, total, parts, row: { tMs, values, alone: [] } };
  });
  const most = columns.reduce((max, { total }) => Math.max(max, total), 4);
  const yTicks = niceTicks(most, Y_STEPS).filter(Number.isInteger);
  const sums = LEVELS.map((level) => ({
    ...level,
    sum: columns.reduce((sum, { row }) => sum + (row.values[level.key] ?? 0), 0),
  })).filter(({ sum }) => sum > 0);
  const total = sums.reduce((all, { sum }) => all + sum, 0);
  return {
    columns,
    yTicks,
    yMax: Math.max(most, yTicks.at(-1) ?? most),
    total,
    levels: sums.map(({ sum: _sum, ...level }) => level),
    summary:
      total === 0
        ? 'No lines.'
        : `${formatInteger(total)} lines: ${sums.map(({ label, sum }) => `${formatInteger(sum)} ${label}`).join(', ')}.`,
  };
}
