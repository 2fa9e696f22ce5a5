import {
  bucketsOf,
  entriesOf,
  mapCounts,
  NO_BUCKETS,
  type Buckets,
  type Histogram,
  type ResetHint,
} from './histogram.ts';
import { alike, incompatibility, type Incompatible } from './reconcile.ts';

/** The sum of two, or why there is none. */
export function addHistograms(a: Histogram, b: Histogram): Histogram | Incompatible {
  return combine(a, b, 1, addHints(a.hint, b.hint));
}

/** What `a` has beyond `b`, or why that cannot be said. A difference is no counter. */
export function subtractHistograms(a: Histogram, b: Histogram): Histogram | Incompatible {
  return combine(a, b, -1, 'gauge');
}

/** Whether the sum of two counters hides that one of them was reset while the other was not. */
export function hintsCollide(a: ResetHint, b: ResetHint): boolean {
  return (a === 'reset' && b === 'steady') || (a === 'steady' && b === 'reset');
}

export function scaleHistogram(histogram: Histogram, factor: number): Histogram {
  const scaled = mapCounts(histogram, (count) => count * factor);
  return factor < 0 ? { ...scaled, hint: 'gauge' } : scaled;
}

/** By zero, no bucket has a count that could be told. */
export function divideHistogram(histogram: Histogram, divisor: number): Histogram {
  const divided = mapCounts(histogram, (count) => count / divisor);
  if (divisor === 0) return { ...divided, positive: NO_BUCKETS, negative: NO_BUCKETS };
  return divisor < 0 ? { ...divided, hint: 'gauge' } : divided;
}

function combine(a: Histogram, b: Histogram, sign: 1 | -1, hint: ResetHint): Histogram | Incompatible {
  const fault = incompatibility(a, b);
  if (fault) return fault;
  const [left, right] = alike(a, b);
  return {
    schema: left.schema,
    hint,
    zeroThreshold: left.zeroThreshold,
    zeroCount: left.zeroCount + sign * right.zeroCount,
    count: left.count + sign * right.count,
    sum: left.sum + sign * right.sum,
    positive: merge(left.positive, right.positive, sign),
    negative: merge(left.negative, right.negative, sign),
    bounds: left.bounds,
  };
}

function merge(a: Buckets, b: Buckets, sign: 1 | -1): Buckets {
  const merged = new Map(entriesOf(a));
  for (const [index, count] of entriesOf(b)) merged.set(index, (merged.get(index) ?? 0) + sign * count);
  return bucketsOf(merged);
}

function addHints(a: ResetHint, b: ResetHint): ResetHint {
  if (a === b) return a;
  return a === 'gauge' || b === 'gauge' ? 'gauge' : 'unknown';
}
