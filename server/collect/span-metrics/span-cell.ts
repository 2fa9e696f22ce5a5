import { createSeries, type Series } from '#server/decode/metric-rows.ts';
import type { SpanFact } from '#server/decode/span-facts.ts';

/** Seconds: those of OpenTelemetry's http.server.request.duration, and two below for what answers from memory. */
export const BOUNDS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const BOUNDS_NS = Float64Array.from(BOUNDS_S, (bound) => Math.round(bound * 1e9));
const NS_PER_S = 1e9;
/** A bucket gives a trace this often: three a minute. */
const EXEMPLAR_GAP_MS = 20_000;

export const CALLS = 'traces_span_metrics_calls_total';
export const DURATION = 'traces_span_metrics_duration_seconds';

export interface SpanExemplar {
  /** Of the bucket's series among `cell.series`. */
  place: number;
  timestampMs: number;
  seconds: number;
  traceId: string;
  spanId: string;
}

/** The totals of one service, operation, kind and status: a counter and a histogram, which only grow. */
export class SpanCell {
  readonly #labels: [string, string][];
  readonly #buckets = new Float64Array(BOUNDS_NS.length + 1);
  readonly #exemplarMs = new Float64Array(BOUNDS_NS.length + 1).fill(-Infinity);
  #series: Series[] | undefined;
  #sumNs = 0;
  /** When its totals were still zero. */
  readonly bornMs: number;
  /** Until a sample of zero is kept, a reader would not see the first calls as an increase. */
  isBegun = false;
  hasChanged = false;
  touchedMs: number;
  writtenMs = -Infinity;
  announcedMs = -Infinity;
  exemplars: SpanExemplar[] = [];

  constructor(labels: [string, string][], bornMs: number) {
    this.#labels = labels;
    this.bornMs = bornMs;
    this.touchedMs = bornMs;
  }

  observe(bytes: Uint8Array, fact: SpanFact, nowMs: number): void {
    const place = bucketOf(fact.durationNs);
    this.#buckets[place]! += fact.adjustedCount;
    this.#sumNs += fact.durationNs * fact.adjustedCount;
    this.touchedMs = nowMs;
    this.hasChanged = true;
    if (nowMs - this.#exemplarMs[place]! < EXEMPLAR_GAP_MS) return;
    this.#exemplarMs[place] = nowMs;
    this.exemplars.push({
      place,
      timestampMs: nowMs,
      seconds: fact.durationNs / NS_PER_S,
      traceId: hex(bytes, fact.traceIdStart, 16),
      spanId: hex(bytes, fact.spanIdStart, 8),
    });
  }

  /** Those of the buckets first, then the count, the sum and the calls; `values` has the same order. */
  get series(): readonly Series[] {
    this.#series ??= [
      ...[...BOUNDS_S.map(String), '+Inf'].map((le) =>
        createSeries(`${DURATION}_bucket`, [...this.#labels, ['le', le]]),
      ),
      createSeries(`${DURATION}_count`, this.#labels),
      createSeries(`${DURATION}_sum`, this.#labels),
      createSeries(CALLS, this.#labels),
    ];
    return this.#series;
  }

  values(): number[] {
    let below = 0;
    const buckets = Array.from(this.#buckets, (count) => (below += count));
    return [...buckets, below, this.#sumNs / NS_PER_S, below];
  }
}

/** A duration that is a bound belongs to it. */
function bucketOf(durationNs: number): number {
  let place = 0;
  while (place < BOUNDS_NS.length && durationNs > BOUNDS_NS[place]!) place++;
  return place;
}

function hex(bytes: Uint8Array, start: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('hex');
}
