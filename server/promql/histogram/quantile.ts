import { allBuckets, type BoundedBucket } from './bounds.ts';
import { isCustom, type Histogram } from './histogram.ts';

/**
 * The value below which a part of the observations lies. Within a bucket they are taken to be spread so that a finer schema
 * would find them evenly in its buckets: exponentially, or linearly in custom buckets and around zero.
 */
export function histogramQuantileOf(quantile: number, histogram: Histogram): number {
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  if (histogram.count === 0 || Number.isNaN(quantile)) return NaN;
  // From the near end, since sums of many buckets lose digits. Observations of NaN are in no bucket, but above all others.
  const fromBelow = Number.isNaN(histogram.sum) || quantile < 0.5;
  const buckets = fromBelow ? allBuckets(histogram) : allBuckets(histogram).toReversed();
  const wanted = (fromBelow ? quantile : 1 - quantile) * histogram.count;
  let seen = 0;
  let found: BoundedBucket | undefined;
  for (const bucket of buckets) {
    found = bucket;
    seen += bucket.count;
    if (seen >= wanted) break;
  }
  if (!found) return NaN;
  const { lower, upper, count } = narrow(found, histogram);
  if (isCustom(histogram)) {
    if (lower === -Infinity) return upper;
    if (upper === Infinity) return lower;
  }
  seen = Math.min(seen, histogram.count);
  if (seen < wanted) return Number.isNaN(histogram.sum) ? NaN : fromBelow ? upper : lower;
  const into = fromBelow ? wanted - (seen - count) : seen - wanted;
  return interpolate(lower, upper, into / count, histogram);
}

/** Which part of the observations lies between two values; those of NaN lie nowhere. */
export function histogramFractionOf(lower: number, upper: number, histogram: Histogram): number {
  if (histogram.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  if (lower >= upper) return 0;
  const buckets = allBuckets(histogram).map((bucket) => narrow(bucket, histogram));
  return (rankOf(upper, buckets, histogram) - rankOf(lower, buckets, histogram)) / histogram.count;
}

function rankOf(value: number, buckets: BoundedBucket[], histogram: Histogram): number {
  let rank = 0;
  for (const { lower, upper, count } of buckets) {
    if (upper <= value) rank += count;
    else if (lower >= value) break;
    // How far into a bucket without an end nobody knows.
    else if (lower === -Infinity) rank += count;
    else if (upper !== Infinity) rank += count * position(value, lower, upper, histogram);
  }
  return rank;
}

/** The bucket around zero has only the sign that the others have; the first custom one begins at zero, if it ends above. */
function narrow(bucket: BoundedBucket, histogram: Histogram): BoundedBucket {
  const { lower, upper } = bucket;
  if (isCustom(histogram))
    return lower === -Infinity && upper > 0 && upper !== Infinity ? { ...bucket, lower: 0 } : bucket;
  if (lower >= 0 || upper <= 0) return bucket;
  const [above, below] = [histogram.positive.indexes.length > 0, histogram.negative.indexes.length > 0];
  if (above && !below) return { ...bucket, lower: 0 };
  return below && !above ? { ...bucket, upper: 0 } : bucket;
}

function isLinear(lower: number, upper: number, histogram: Histogram): boolean {
  return isCustom(histogram) || (lower <= 0 && upper >= 0);
}

function interpolate(lower: number, upper: number, part: number, histogram: Histogram): number {
  if (isLinear(lower, upper, histogram)) return lower + (upper - lower) * part;
  const [from, to] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper))];
  return Math.sign(lower) * 2 ** (from + (to - from) * part);
}

function position(value: number, lower: number, upper: number, histogram: Histogram): number {
  if (isLinear(lower, upper, histogram)) return (value - lower) / (upper - lower);
  const [from, to] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper))];
  return (Math.log2(Math.abs(value)) - from) / (to - from);
}
