import { entriesOf, isCustom, type Buckets, type Histogram } from './histogram.ts';
import { coarsen, isSameBounds, widenZero } from './reconcile.ts';

/** As `==` has it: bucket by bucket, to the bit. What is known of resets does not count. */
export function isSameHistogram(a: Histogram, b: Histogram): boolean {
  return (
    a.schema === b.schema &&
    isSameNumber(a.zeroThreshold, b.zeroThreshold) &&
    isSameNumber(a.zeroCount, b.zeroCount) &&
    isSameNumber(a.count, b.count) &&
    isSameNumber(a.sum, b.sum) &&
    isSameBuckets(a.positive, b.positive) &&
    isSameBuckets(a.negative, b.negative) &&
    isSameBounds(a.bounds, b.bounds)
  );
}

function isSameNumber(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function isSameBuckets(a: Buckets, b: Buckets): boolean {
  return (
    a.indexes.length === b.indexes.length &&
    a.indexes.every((index, place) => index === b.indexes[place] && isSameNumber(a.counts[place]!, b.counts[place]!))
  );
}

/** Whether a counter began anew between two of its values: something that it can only gain was lost. */
export function isReset(current: Histogram, previous: Histogram): boolean {
  if (current.hint === 'reset') return true;
  if (current.hint === 'steady') return false;
  if (current.count < previous.count || isCustom(current) !== isCustom(previous)) return true;
  if (isCustom(current)) {
    return !isSameBounds(current.bounds, previous.bounds) || lost(current.positive, previous.positive);
  }
  // Buckets of a living counter only ever get coarser, and its zero bucket only wider, as far as whole buckets go.
  if (current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) return true;
  const widened = widenZero(previous, current.zeroThreshold);
  if (widened.zeroThreshold !== current.zeroThreshold || current.zeroCount < widened.zeroCount) return true;
  const before = coarsen(widened, current.schema);
  return lost(current.positive, before.positive) || lost(current.negative, before.negative);
}

function lost(current: Buckets, previous: Buckets): boolean {
  const counts = new Map(entriesOf(current));
  return entriesOf(previous).some(([index, count]) => (counts.get(index) ?? 0) < count);
}
