import { RESET_HINTS, type BucketRun, type HistogramSample } from '#server/decode/histogram-row.ts';
import { entriesOf, type Buckets, type Histogram } from './histogram.ts';

/** A histogram as it is kept: what a query found, to be written as a series of its own. */
export function toHistogramSample(histogram: Histogram): HistogramSample {
  const { hint, positive, negative, bounds, ...rest } = histogram;
  return {
    ...rest,
    resetHint: RESET_HINTS[hint],
    positive: runOf(positive),
    negative: runOf(negative),
    bounds: [...(bounds ?? [])],
  };
}

function runOf(buckets: Buckets): BucketRun {
  const offset = buckets.indexes[0] ?? 0;
  const counts: number[] = [];
  for (const [index, count] of entriesOf(buckets)) {
    while (counts.length < index - offset) counts.push(0);
    counts.push(count);
  }
  return { offset, counts };
}
