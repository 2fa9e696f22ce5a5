import type { Bucket } from './histogram-buckets.ts';

const BUCKET_BYTES = 48;
/** Bounds that one stream may have had; a sender that keeps changing them begins at zero again. */
const BOUNDS_MAX = 1024;

/** The sum of the deltas of one stream: what a sender of cumulative values would have sent. */
export class DeltaTotal {
  timeNs = -Infinity;
  /** The time of the last delta, to the millisecond. */
  timeMs = 0;
  value = 0;
  count = 0;
  readonly #buckets = new Map<number, number>();

  /**
   * Adds a delta that ends at a time. One that does not end after the last is in already: it is a batch sent again because
   * its answer was lost or was a refusal, and adding it would count it twice.
   */
  add(timeNs: number, timeMs: number, value: number, count = 0, buckets: readonly Bucket[] = []): boolean {
    if (timeNs <= this.timeNs) return false;
    this.timeNs = timeNs;
    this.timeMs = timeMs;
    if (this.#buckets.size + buckets.length > BOUNDS_MAX) this.#restart();
    this.value += value;
    this.count += count;
    for (const { le, count: delta } of buckets) this.#buckets.set(le, (this.#buckets.get(le) ?? 0) + delta);
    return true;
  }

  /** In the order of their bounds. */
  buckets(): Bucket[] {
    return [...this.#buckets].map(([le, count]) => ({ le, count })).toSorted((a, b) => a.le - b.le);
  }

  get heapBytes(): number {
    return 100 + this.#buckets.size * BUCKET_BYTES;
  }

  #restart(): void {
    this.#buckets.clear();
    this.value = 0;
    this.count = 0;
  }
}
