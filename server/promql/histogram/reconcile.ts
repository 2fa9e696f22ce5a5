import { exponentialBound } from './bounds.ts';
import { bucketsOf, entriesOf, isCustom, type Buckets, type Histogram } from './histogram.ts';

/** Why two histograms cannot be one: exponential and custom buckets, or custom ones with other bounds. */
export type Incompatible = 'mixed schemas' | 'custom bounds';

export function incompatibility(a: Histogram, b: Histogram): Incompatible | undefined {
  if (isCustom(a) !== isCustom(b)) return 'mixed schemas';
  return isCustom(a) && !isSameBounds(a.bounds, b.bounds) ? 'custom bounds' : undefined;
}

export function isSameBounds(a: Float64Array | undefined, b: Float64Array | undefined): boolean {
  return (a?.length ?? 0) === (b?.length ?? 0) && (a ?? []).every((bound, place) => bound === b![place]);
}

/** Both with the coarser schema and the wider zero bucket of the two. They must be compatible. */
export function alike(a: Histogram, b: Histogram): [Histogram, Histogram] {
  if (isCustom(a)) return [a, b];
  let [left, right] = [a, b];
  while (left.zeroThreshold !== right.zeroThreshold) {
    const threshold = Math.max(left.zeroThreshold, right.zeroThreshold);
    left = widenZero(left, threshold);
    right = widenZero(right, threshold);
  }
  const schema = Math.min(left.schema, right.schema);
  return [coarsen(left, schema), coarsen(right, schema)];
}

/** With a schema that is not greater than its own: neighbouring buckets become one. */
export function coarsen(histogram: Histogram, schema: number): Histogram {
  const down = histogram.schema - schema;
  if (down <= 0) return histogram;
  const merge = (buckets: Buckets) => {
    const merged = new Map<number, number>();
    for (const [index, count] of entriesOf(buckets)) {
      const place = Math.floor((index - 1) / 2 ** down) + 1;
      merged.set(place, (merged.get(place) ?? 0) + count);
    }
    return bucketsOf(merged);
  };
  return { ...histogram, schema, positive: merge(histogram.positive), negative: merge(histogram.negative) };
}

/** With a zero bucket at least as wide as that: one that would end within a populated bucket takes all of it in. */
export function widenZero(histogram: Histogram, threshold: number): Histogram {
  if (threshold <= histogram.zeroThreshold) return histogram;
  const { schema, positive, negative } = histogram;
  let wide = threshold;
  for (let before = NaN; before !== wide;) {
    before = wide;
    for (const index of [...positive.indexes, ...negative.indexes]) {
      if (exponentialBound(index - 1, schema) < wide) wide = Math.max(wide, exponentialBound(index, schema));
    }
  }
  let { zeroCount } = histogram;
  const keep = (buckets: Buckets) =>
    bucketsOf(
      [...entriesOf(buckets)].filter(([index, count]) => {
        const isOutside = exponentialBound(index, schema) > wide;
        if (!isOutside) zeroCount += count;
        return isOutside;
      }),
    );
  const [above, below] = [keep(positive), keep(negative)];
  return { ...histogram, zeroThreshold: wide, zeroCount, positive: above, negative: below };
}
