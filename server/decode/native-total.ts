import { addHistograms } from '#server/promql/histogram/arithmetic.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import { coarsen } from '#server/promql/histogram/reconcile.ts';

const BUCKET_BYTES = 12;
/** As many as SDKs have at most of each sign: a stream over a wider range gets coarser instead. */
const BUCKETS_MAX = 320;
const SCHEMA_MIN = -4;

/** The sum of the deltas of one exponential histogram: what a sender of cumulative values would have sent. */
export class NativeTotal {
  #timeNs = -Infinity;
  /** The time of the last delta, to the millisecond. */
  timeMs = 0;
  #sum: Histogram | undefined;

  /** Adds a delta that ends at a time; as in DeltaTotal, one that does not end after the last is in already. */
  add(timeNs: number, timeMs: number, delta: Histogram): boolean {
    if (timeNs <= this.#timeNs) return false;
    this.#timeNs = timeNs;
    this.timeMs = timeMs;
    const sum = this.#sum ? addHistograms(this.#sum, delta) : delta;
    // Custom buckets never come here, and all others go together.
    this.#sum = typeof sum === 'string' ? delta : sum;
    while (bucketsOf(this.#sum) > BUCKETS_MAX && this.#sum.schema > SCHEMA_MIN)
      this.#sum = coarsen(this.#sum, this.#sum.schema - 1);
    return true;
  }

  /** After the first `add`. */
  get histogram(): Histogram {
    return this.#sum!;
  }

  get heapBytes(): number {
    return 200 + (this.#sum ? bucketsOf(this.#sum) * BUCKET_BYTES : 0);
  }
}

function bucketsOf({ positive, negative }: Histogram): number {
  return positive.indexes.length + negative.indexes.length;
}
