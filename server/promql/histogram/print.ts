import { formatFloat } from '../print/format-float.ts';
import { allBuckets, type BoundedBucket } from './bounds.ts';
import type { Histogram } from './histogram.ts';

/** As Prometheus's JSON has it: a bucket is which of its bounds belong to it, the bounds, and the count. */
export function histogramToJson(histogram: Histogram): string {
  const buckets = allBuckets(histogram).map(
    (bucket) => `[${boundaryRule(bucket)},${quoted(bucket.lower)},${quoted(bucket.upper)},${quoted(bucket.count)}]`,
  );
  const all = buckets.length === 0 ? '' : `,"buckets":[${buckets.join(',')}]`;
  return `{"count":${quoted(histogram.count)},"sum":${quoted(histogram.sum)}${all}}`;
}

function quoted(value: number): string {
  return `"${formatFloat(value, 'json')}"`;
}

function text(value: number): string {
  return formatFloat(value, 'g');
}

function boundaryRule({ lowerInclusive, upperInclusive }: BoundedBucket): number {
  if (lowerInclusive) return upperInclusive ? 3 : 1;
  return upperInclusive ? 0 : 2;
}

/** For people and labels: `{count:3, sum:5, (1,2]:3}`. */
export function histogramToString(histogram: Histogram): string {
  const parts = [`count:${text(histogram.count)}`, `sum:${text(histogram.sum)}`];
  for (const { lower, upper, lowerInclusive, upperInclusive, count } of allBuckets(histogram)) {
    parts.push(
      `${lowerInclusive ? '[' : '('}${text(lower)},${text(upper)}${upperInclusive ? ']' : ')'}:${text(count)}`,
    );
  }
  return `{${parts.join(', ')}}`;
}
