/** Quantiles within 1 % of the truth, however many durations are added: buckets grow by this factor. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** Shorter than any answer over HTTP; all below it count as one. */
const MS_MIN = 0.05;

export interface Quantiles {
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  maxMs: number | null;
}

/** Durations of any number in little memory. */
export class LatencySketch {
  #buckets = new Map<number, number>();
  #count = 0;
  #maxMs = 0;

  add(ms: number): void {
    const bucket = Math.ceil(Math.log(Math.max(ms, MS_MIN) / MS_MIN) / LOG_GROWTH);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#count += 1;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  quantiles(): Quantiles {
    return {
      p50Ms: this.#quantile(0.5),
      p95Ms: this.#quantile(0.95),
      p99Ms: this.#quantile(0.99),
      maxMs: this.#count === 0 ? null : round(this.#maxMs),
    };
  }

  #quantile(q: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.ceil(q * this.#count);
    let seen = 0;
    for (const [bucket, count] of [...this.#buckets].toSorted(([a], [b]) => a - b)) {
      seen += count;
      // The middle of the bucket is the least wrong; nothing took longer than the longest.
      if (seen >= rank) return round(Math.min(MS_MIN * GROWTH ** (bucket - 0.5), this.#maxMs));
    }
    return round(this.#maxMs);
  }
}

function round(ms: number): number {
  return Number(ms.toPrecision(4));
}
