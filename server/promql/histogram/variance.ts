import { allBuckets } from './bounds.ts';
import { isCustom, type Histogram } from './histogram.ts';

/** As far as buckets tell: each observation is taken for the middle of its bucket. */
export function histogramVariance(histogram: Histogram): number {
  const mean = histogram.sum / histogram.count;
  let squares = 0;
  for (const { lower, upper, count } of allBuckets(histogram)) {
    const delta = middle(lower, upper, histogram) - mean;
    squares += count * delta * delta;
  }
  return squares / histogram.count;
}

function middle(lower: number, upper: number, histogram: Histogram): number {
  if (isCustom(histogram)) return (lower + upper) / 2;
  if (lower <= 0 && upper >= 0) return 0;
  return Math.sign(lower) * Math.sqrt(lower * upper);
}
