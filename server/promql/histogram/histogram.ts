/** What is known of a counter's reset before a sample: `gauge` is no counter. */
export type ResetHint = 'unknown' | 'reset' | 'steady' | 'gauge';

/** The populated buckets of one sign, by their index, which ascends. */
export interface Buckets {
  indexes: Int32Array;
  counts: Float64Array;
}

/** One value of a native histogram. Immutable: steps and series share them. */
export interface Histogram {
  /** Of exponential buckets, whose bounds are powers of `2 ** 2 ** -schema`; CUSTOM_SCHEMA has `bounds` instead. */
  schema: number;
  hint: ResetHint;
  zeroThreshold: number;
  zeroCount: number;
  count: number;
  sum: number;
  positive: Buckets;
  negative: Buckets;
  /** Upper bounds, ascending; above the last one is one more bucket. */
  bounds: Float64Array | undefined;
}

export const CUSTOM_SCHEMA = -53;

export const NO_BUCKETS: Buckets = { indexes: new Int32Array(0), counts: new Float64Array(0) };

export function isCustom(histogram: Histogram): boolean {
  return histogram.schema === CUSTOM_SCHEMA;
}

/** Buckets by what they count; those that count nothing are left out. */
export function bucketsOf(counts: Iterable<readonly [index: number, count: number]>): Buckets {
  const populated = [...counts].filter(([, count]) => count !== 0).toSorted(([a], [b]) => a - b);
  if (populated.length === 0) return NO_BUCKETS;
  return {
    indexes: Int32Array.from(populated, ([index]) => index),
    counts: Float64Array.from(populated, ([, count]) => count),
  };
}

export function* entriesOf({ indexes, counts }: Buckets): Generator<[index: number, count: number]> {
  for (let place = 0; place < indexes.length; place++) yield [indexes[place]!, counts[place]!];
}

/** The same with every count changed; what a change makes zero goes. */
export function mapCounts(histogram: Histogram, change: (count: number) => number): Histogram {
  const side = (buckets: Buckets) =>
    bucketsOf(Array.from(entriesOf(buckets), ([index, count]) => [index, change(count)] as const));
  return {
    ...histogram,
    zeroCount: change(histogram.zeroCount),
    count: change(histogram.count),
    sum: change(histogram.sum),
    positive: side(histogram.positive),
    negative: side(histogram.negative),
  };
}

/** What a histogram takes of the room for samples, where a float takes 1. */
export function weightOf({ positive, negative }: Histogram): number {
  return 6 + positive.indexes.length + negative.indexes.length;
}
