/** Observations above the bucket before and up to `le`, not counting those of the buckets before. */
export interface Bucket {
  le: number;
  count: number;
}

/** The bucket above the last bound is left out: it is what the count has beyond the others. */
export function explicitBuckets(bounds: readonly number[], counts: readonly number[]): Bucket[] | string {
  if (counts.length === 0 && bounds.length === 0) return [];
  if (counts.length !== bounds.length + 1) return 'a histogram must have one bucket more than bounds';
  for (let index = 0; index < bounds.length; index++) {
    const bound = bounds[index]!;
    if (Number.isNaN(bound) || (index > 0 && bound <= bounds[index - 1]!))
      return 'the bounds of a histogram must ascend';
  }
  return bounds.filter((bound) => bound !== Infinity).map((le, index) => ({ le, count: counts[index]! }));
}

export interface ExponentialRange {
  offset: number;
  counts: readonly number[];
}

export interface Exponential {
  scale: number;
  zeroCount: number;
  zeroThreshold: number;
  positive: ExponentialRange;
  negative: ExponentialRange;
}

/** Bounds a fifth apart: a quantile read from them is at most 9 % off their middle. */
const SCALE_MAX = 2;
const SCALE_MIN = -10;
/** A stream over a very wide range gets coarser buckets instead of more series. */
const BUCKETS_MAX = 120;

/**
 * An exponential histogram as one of classic buckets. The bounds are powers of `2 ** (1 / 4)`, or of two to a coarser power
 * when the range is wide, so all streams share their bounds, and the bounds of a coarser scale are among those of a finer one.
 */
export function exponentialBuckets(histogram: Exponential): Bucket[] | string {
  if (histogram.scale < SCALE_MIN || histogram.scale > 20)
    return 'the scale of an exponential histogram must be in [-10, 20]';
  const positive = trim(histogram.positive);
  const negative = trim(histogram.negative);
  const scale = fittingScale(histogram.scale, positive, negative);
  const down = histogram.scale - scale;
  // At the ends of what a number can hold bounds become one, or none.
  const buckets = new Map<number, number>();
  const add = (le: number, count: number) =>
    void (Number.isFinite(le) && buckets.set(le, (buckets.get(le) ?? 0) + count));
  for (const [index, count] of merge(negative, down)) add(-boundOf(index, scale), count);
  if (histogram.zeroCount > 0 || negative.counts.length > 0) add(histogram.zeroThreshold, histogram.zeroCount);
  for (const [index, count] of merge(positive, down)) add(boundOf(index + 1, scale), count);
  return [...buckets].map(([le, count]) => ({ le, count })).toSorted((a, b) => a.le - b.le);
}

/** Without the empty buckets at both ends. */
function trim({ offset, counts }: ExponentialRange): ExponentialRange {
  const first = counts.findIndex((count) => count > 0);
  if (first === -1) return { offset: 0, counts: [] };
  const last = counts.findLastIndex((count) => count > 0);
  return { offset: offset + first, counts: counts.slice(first, last + 1) };
}

function fittingScale(scale: number, ...ranges: ExponentialRange[]): number {
  for (let wanted = Math.min(scale, SCALE_MAX); ; wanted--) {
    const down = scale - wanted;
    const buckets = ranges.map(({ offset, counts }) =>
      counts.length === 0 ? 0 : shift(offset + counts.length - 1, down) - shift(offset, down) + 1,
    );
    if (Math.max(...buckets) <= BUCKETS_MAX || wanted === SCALE_MIN) return wanted;
  }
}

/** Each pair of neighbours becomes one, `down` times; empty ones stay, so that the bounds of a stream stay. */
function merge({ offset, counts }: ExponentialRange, down: number): Map<number, number> {
  const merged = new Map<number, number>();
  for (let index = 0; index < counts.length; index++) {
    const at = shift(offset + index, down);
    merged.set(at, (merged.get(at) ?? 0) + counts[index]!);
  }
  return merged;
}

function shift(index: number, down: number): number {
  return Math.floor(index / 2 ** down);
}

function boundOf(index: number, scale: number): number {
  return 2 ** (index * 2 ** -scale);
}
