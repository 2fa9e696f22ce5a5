/** Of a classic histogram: how many observations were not greater than the bound. */
export interface Bucket {
  bound: number;
  count: number;
}

/** The differences in sums of floats that are no differences. */
const TOLERANCE = 1e-12;

/** Linear within the bucket, from 0 in the first one; `buckets` sorted by bound. */
export function bucketQuantile(quantile: number, buckets: Bucket[]): { value: number; forced: boolean } {
  if (Number.isNaN(quantile)) return plain(NaN);
  if (quantile < 0) return plain(-Infinity);
  if (quantile > 1) return plain(Infinity);
  if (buckets.at(-1)?.bound !== Infinity) return plain(NaN);
  const merged = mergeBounds(buckets);
  const forced = makeMonotonic(merged);
  const observations = merged.at(-1)!.count;
  if (merged.length < 2 || observations === 0 || Number.isNaN(observations)) return plain(NaN);
  let rank = quantile * observations;
  const found = merged.findIndex(({ count }, place) => place === merged.length - 1 || count >= rank);
  if (found === merged.length - 1) return { value: merged[found - 1]!.bound, forced };
  const { bound, count } = merged[found]!;
  if (found === 0 && bound <= 0) return { value: bound, forced };
  const before = merged[found - 1] ?? { bound: 0, count: 0 };
  rank -= before.count;
  return { value: before.bound + (bound - before.bound) * (rank / (count - before.count)), forced };
}

function plain(value: number) {
  return { value, forced: false };
}

/** Which part of the observations lies between two values. */
export function bucketFraction(lower: number, upper: number, buckets: Bucket[]): number {
  if (buckets.at(-1)?.bound !== Infinity) return NaN;
  const merged = mergeBounds(buckets);
  makeMonotonic(merged);
  const total = merged.at(-1)!.count;
  if (total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  if (lower >= upper) return 0;
  return (rankOf(upper, merged) - rankOf(lower, merged)) / total;
}

function rankOf(value: number, buckets: Bucket[]): number {
  let before: Bucket = { bound: buckets[0]!.bound > 0 ? 0 : -Infinity, count: 0 };
  for (const bucket of buckets) {
    if (before.bound >= value) return before.count;
    if (bucket.bound > value) {
      // Nothing is known of where below its bound the observations of a first bucket without a begin are.
      if (before.bound === -Infinity) return bucket.count;
      const part = (value - before.bound) / (bucket.bound - before.bound);
      return before.count + (bucket.count - before.count) * part;
    }
    before = bucket;
  }
  return before.count;
}

function mergeBounds(buckets: Bucket[]): Bucket[] {
  const merged: Bucket[] = [];
  for (const bucket of buckets) {
    const last = merged.at(-1);
    if (last?.bound === bucket.bound) last.count += bucket.count;
    else merged.push({ ...bucket });
  }
  return merged;
}

/** Counts that fall are raised to the one before; answers whether any fell by more than rounding can explain. */
function makeMonotonic(buckets: Bucket[]): boolean {
  let forced = false;
  let previous = buckets[0]!.count;
  for (const bucket of buckets.slice(1)) {
    const { count } = bucket;
    if (count === previous) continue;
    const tiny = Math.abs(count - previous) <= TOLERANCE * (Math.abs(count) + Math.abs(previous));
    if (tiny || count < previous) {
      bucket.count = previous;
      forced ||= !tiny;
    } else previous = count;
  }
  return forced;
}
