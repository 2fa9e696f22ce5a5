import type { ExemplarGate } from './exemplar.ts';
import type { DeltaTotal } from './delta-total.ts';
import type { NativeTotal } from './native-total.ts';
import type { SeriesId } from './metric-rows.ts';

export interface KnownSeries extends SeriesId {
  announcedMs: number;
  epoch: number;
  /** Of those that have had exemplars. */
  exemplars?: ExemplarGate;
}

/** What one sender sends under one name and one set of attributes: one series, or those of one histogram. */
export class Stream {
  /** Of deltas. */
  total: DeltaTotal | undefined;
  /** The same of exponential histograms. */
  nativeTotal: NativeTotal | undefined;
  /** What it is taken to weigh in the heap. */
  heapBytes = 0;
  touchedMs: number;
  // Most streams are one series, and a map for each would double their weight.
  #part = '';
  #first: KnownSeries | undefined;
  #others: Map<string, KnownSeries> | undefined;

  constructor(nowMs: number) {
    this.touchedMs = nowMs;
  }

  /** By the part of the stream: `_sum`, a bucket's bound, a quantile, or nothing. */
  get(part: string): KnownSeries | undefined {
    return part === this.#part ? this.#first : this.#others?.get(part);
  }

  add(part: string, series: KnownSeries): void {
    if (this.#first) (this.#others ??= new Map()).set(part, series);
    else [this.#part, this.#first] = [part, series];
  }
}
