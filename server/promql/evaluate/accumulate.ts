import type { AggregateOp } from '../ast.ts';
import type { VectorSeries } from './values.ts';

type Accumulator = (rows: VectorSeries[], into: Float64Array) => void;
type Accumulated = Exclude<AggregateOp, 'topk' | 'bottomk' | 'quantile' | 'count_values' | 'limitk' | 'limit_ratio'>;

/** Each fills the steps at which any row has a value; the others are nobody's business. */
export const ACCUMULATORS: Record<Accumulated, Accumulator> = {
  sum: (rows, into) => {
    sum(rows, into);
  },
  avg: (rows, into) => {
    const counts = sum(rows, into);
    for (let step = 0; step < into.length; step++) {
      into[step] = Number.isFinite(into[step]!) ? into[step]! / counts[step]! : runningMean(rows, step);
    }
  },
  count: (rows, into) => {
    for (const { has } of rows) for (let step = 0; step < into.length; step++) into[step]! += has[step]!;
  },
  group: (_rows, into) => {
    into.fill(1);
  },
  min: (rows, into) => extreme(rows, into, (value, least) => value < least),
  max: (rows, into) => extreme(rows, into, (value, most) => value > most),
  stddev: (rows, into) => {
    variance(rows, into);
    for (let step = 0; step < into.length; step++) into[step] = Math.sqrt(into[step]!);
  },
  stdvar: (rows, into) => variance(rows, into),
};

/** With Kahan's compensation in Neumaier's form, as upstream; answers how many were summed. */
function sum(rows: VectorSeries[], into: Float64Array): Float64Array {
  const counts = new Float64Array(into.length);
  const lost = new Float64Array(into.length);
  for (const { values, has } of rows) {
    for (let step = 0; step < into.length; step++) {
      if (has[step] === 0) continue;
      const value = values[step]!;
      const before = into[step]!;
      const after = before + value;
      if (!Number.isFinite(after)) lost[step] = 0;
      else if (Math.abs(before) >= Math.abs(value)) lost[step]! += before - after + value;
      else lost[step]! += value - after + before;
      into[step] = after;
      counts[step]!++;
    }
  }
  for (let step = 0; step < into.length; step++) if (Number.isFinite(into[step]!)) into[step]! += lost[step]!;
  return counts;
}

/** For values whose sum is too large for a float. */
function runningMean(rows: VectorSeries[], step: number): number {
  let mean = 0;
  let count = 0;
  for (const { values, has } of rows) {
    if (has[step] === 0) continue;
    const value = values[step]!;
    count++;
    if (!Number.isFinite(mean) && (mean === value || (Number.isFinite(value) && !Number.isNaN(mean)))) continue;
    mean += value / count - mean / count;
  }
  return mean;
}

/** NaN is replaced by any number. */
function extreme(rows: VectorSeries[], into: Float64Array, wins: (value: number, held: number) => boolean): void {
  const seen = new Uint8Array(into.length);
  for (const { values, has } of rows) {
    for (let step = 0; step < into.length; step++) {
      if (has[step] === 0) continue;
      const value = values[step]!;
      if (seen[step] === 0 || wins(value, into[step]!) || Number.isNaN(into[step]!)) into[step] = value;
      seen[step] = 1;
    }
  }
}

/** Welford's, which does not lose small differences of large values. */
function variance(rows: VectorSeries[], into: Float64Array): void {
  const counts = new Float64Array(into.length);
  const means = new Float64Array(into.length);
  for (const { values, has } of rows) {
    for (let step = 0; step < into.length; step++) {
      if (has[step] === 0) continue;
      const value = values[step]!;
      counts[step]!++;
      const delta = value - means[step]!;
      means[step]! += delta / counts[step]!;
      into[step]! += delta * (value - means[step]!);
    }
  }
  for (let step = 0; step < into.length; step++) into[step]! /= counts[step]!;
}
