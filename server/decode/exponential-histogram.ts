import { bucketsOf, type Buckets, type Histogram } from '#server/promql/histogram/histogram.ts';
import { coarsen } from '#server/promql/histogram/reconcile.ts';
import type { BucketRun } from './histogram-row.ts';

/** The buckets of OpenTelemetry's exponential histogram: they are numbered by their lower bound. */
export interface Exponential {
  scale: number;
  zeroCount: number;
  zeroThreshold: number;
  positive: BucketRun;
  negative: BucketRun;
}

const SCALE_MIN = -4;
const SCALE_MAX = 20;
/** The finest schema that Prometheus has. */
const SCHEMA_MAX = 8;
/** What upstream takes for one that is not told: SDKs count as zero what they cannot tell from it. */
const ZERO_THRESHOLD = 1e-128;

/** One as a native histogram, with finer buckets merged; or why it cannot be one. */
export function fromExponential(
  { scale, zeroCount, zeroThreshold, positive, negative }: Exponential,
  count: number,
  sum: number,
): Histogram | string {
  if (scale < SCALE_MIN || scale > SCALE_MAX)
    return `the scale of an exponential histogram must be in [${SCALE_MIN}, ${SCALE_MAX}]`;
  const histogram: Histogram = {
    schema: scale,
    hint: 'unknown',
    zeroThreshold: zeroThreshold || ZERO_THRESHOLD,
    zeroCount,
    count,
    sum,
    positive: renumber(positive),
    negative: renumber(negative),
    bounds: undefined,
  };
  return coarsen(histogram, Math.min(scale, SCHEMA_MAX));
}

/** Prometheus numbers buckets by their upper bound. */
function renumber({ offset, counts }: BucketRun): Buckets {
  return bucketsOf(counts.map((count, place) => [offset + place + 1, count] as const));
}
