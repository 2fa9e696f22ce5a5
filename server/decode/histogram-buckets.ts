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
