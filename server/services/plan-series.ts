import { AppError } from '#server/errors.ts';
import type { TimeRange } from '#server/time/schema.ts';

const S = 1_000;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * S),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 72, 168].map((n) => n * HOUR),
];
/** Beyond this the rollup answers, which knows nothing below a minute. */
const RAW_MS_MAX = HOUR;
/** Exporters gather for half a second and segments travel: before this a bucket looks emptier than it was. */
const LATE_MS = 2 * S;

export interface SeriesPlan {
  source: 'spans' | 'minutes';
  stepMs: number;
  /** Start of the first bucket, and end of the last: both on the grid of the step. */
  fromMs: number;
  toMs: number;
}

/** The smallest round step that gives no more than `buckets` points; a bucket that is not over yet is left out. */
export function planSeries(range: TimeRange, buckets: number, nowMs: number): SeriesPlan {
  const source = range.toMs - range.fromMs <= RAW_MS_MAX ? 'spans' : 'minutes';
  for (const stepMs of STEPS_MS) {
    if (source === 'minutes' && stepMs < MINUTE) continue;
    const fromMs = Math.floor(range.fromMs / stepMs) * stepMs;
    const overMs = Math.floor((nowMs - LATE_MS) / stepMs) * stepMs;
    const toMs = Math.max(fromMs, Math.min(Math.ceil(range.toMs / stepMs) * stepMs, overMs));
    if ((Math.ceil(range.toMs / stepMs) * stepMs - fromMs) / stepMs <= buckets) return { source, stepMs, fromMs, toMs };
  }
  throw new AppError('BAD_REQUEST', `${buckets} points are too few for so long a range. Ask for more of them.`);
}
