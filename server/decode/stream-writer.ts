import { ExemplarGate } from './exemplar.ts';
import { writeHistogramSample, type HistogramSample } from './histogram-row.ts';
import {
  writeExemplar,
  writeSample,
  writeSampleBits,
  writeSeries,
  writeStaleMarker,
  type Exemplar,
} from './metric-rows.ts';
import type { Family } from './parse-exposition.ts';
import { RowSink } from './row-sink.ts';
import type { StreamBook } from './stream-book.ts';
import type { Stream } from './stream.ts';
import { TimeWindow } from './time-window.ts';

/** Writes the samples of streams, and of each series that is due the row that says what it is. */
export class StreamWriter {
  readonly series = new RowSink();
  readonly samples: RowSink;
  readonly histograms = new RowSink();
  readonly exemplars = new RowSink();
  readonly #book: StreamBook;
  readonly nowMs: number;
  readonly #window: TimeWindow;

  constructor(book: StreamBook, nowMs: number, body: Uint8Array) {
    this.#book = book;
    this.nowMs = nowMs;
    this.#window = new TimeWindow(nowMs);
    this.samples = RowSink.forBody(body);
  }

  /** What the next writes are about. */
  stream!: Stream;
  /** Asked only when a series is announced. */
  family!: () => Family | undefined;
  labels!: () => [string, string][];
  timestampMs = 0;
  isStale = false;

  value(part: string, name: string, value: number, extra?: [string, string]): void {
    const series = this.#settle(part, name, extra);
    if (this.isStale) writeStaleMarker(this.samples, series, this.timestampMs);
    else writeSample(this.samples, series, this.timestampMs, value);
  }

  /** A value as the bits it came in: among them are stale markers, which a number need not preserve. */
  bits(part: string, name: string, lo: number, hi: number): void {
    writeSampleBits(this.samples, this.#settle(part, name), this.timestampMs, lo, hi);
  }

  /** A native histogram, which is a value of one series; that such a series has ended is told as of any other. */
  histogram(name: string, sample: HistogramSample): void {
    writeHistogramSample(this.histograms, this.#settle('', name), this.timestampMs, sample);
  }

  /** Keeps an exemplar of a series, unless it had one shortly before. */
  exemplar(part: string, name: string, exemplar: Exemplar, extra?: [string, string]): void {
    if (!this.#window.includesMs(exemplar.timestampMs)) return;
    const series = this.#settle(part, name, extra);
    series.exemplars ??= new ExemplarGate();
    if (series.exemplars.admits(exemplar.timestampMs)) writeExemplar(this.exemplars, series, exemplar);
  }

  /** Says that the series has ended. */
  end(name: string): void {
    writeStaleMarker(this.samples, this.#settle('', name), this.timestampMs);
  }

  #settle(part: string, name: string, extra?: [string, string]) {
    const labels = () => (extra ? [...this.labels().filter(([key]) => key !== extra[0]), extra] : this.labels());
    const series = this.#book.series(this.stream, part, name, labels);
    if (this.#book.announce(series, this.nowMs)) {
      writeSeries(this.series, { ...series, labels: sorted(labels()) }, this.family(), this.nowMs);
    }
    return series;
  }
}

function sorted(labels: [string, string][]): [string, string][] {
  return labels.filter(([, value]) => value !== '').toSorted(([a], [b]) => (a < b ? -1 : 1));
}
