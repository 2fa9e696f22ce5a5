import { entriesOf, isCustom, type Histogram } from './histogram.ts';

export interface BoundedBucket {
  lower: number;
  upper: number;
  lowerInclusive: boolean;
  upperInclusive: boolean;
  count: number;
}

/** The upper bound of an exponential bucket of positive values. */
export function exponentialBound(index: number, schema: number): number {
  const power = index * 2 ** -schema;
  // The last bucket of numbers ends at the largest of them; what lies above is infinity alone.
  if (power === 1024) return Number.MAX_VALUE;
  const whole = Math.floor(power);
  // Whole powers apart, so that bounds a power of two apart are so to the last bit; in halves, since 2 ** -1074 has no reciprocal.
  return 2 ** (power - whole) * 2 ** Math.trunc(whole / 2) * 2 ** (whole - Math.trunc(whole / 2));
}

/** All populated buckets in the order of their bounds, the zero bucket among them. */
export function allBuckets(histogram: Histogram): BoundedBucket[] {
  const { bounds, schema, zeroCount, zeroThreshold } = histogram;
  if (isCustom(histogram)) {
    return Array.from(entriesOf(histogram.positive), ([index, count]) => ({
      lower: bounds?.[index - 1] ?? -Infinity,
      upper: bounds?.[index] ?? Infinity,
      lowerInclusive: index === 0,
      upperInclusive: true,
      count,
    }));
  }
  const below = Array.from(entriesOf(histogram.negative), ([index, count]) => ({
    lower: -exponentialBound(index, schema),
    upper: -exponentialBound(index - 1, schema),
    lowerInclusive: true,
    upperInclusive: false,
    count,
  })).toReversed();
  const above = Array.from(entriesOf(histogram.positive), ([index, count]) => ({
    lower: exponentialBound(index - 1, schema),
    upper: exponentialBound(index, schema),
    lowerInclusive: false,
    upperInclusive: true,
    count,
  }));
  const zero = { lower: -zeroThreshold, upper: zeroThreshold, lowerInclusive: true, upperInclusive: true };
  // Of differences it may be below zero, and upstream leaves it out then too.
  return zeroCount > 0 ? [...below, { ...zero, count: zeroCount }, ...above] : [...below, ...above];
}
