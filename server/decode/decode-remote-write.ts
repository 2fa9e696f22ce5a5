import { isExemplar } from './exemplar.ts';
import { LabelSet } from './label-set.ts';
import type { MetricFamilies } from './metric-families.ts';
import { readNativeHistogram } from './native-histogram.ts';
import type { Family } from './parse-exposition.ts';
import { ProtoReader } from './proto-reader.ts';
import { Rejections } from './rejections.ts';
import { learnFamilies } from './remote-write-metadata.ts';
import { readSymbols, type Symbols } from './remote-write-symbols.ts';
import type { RowSink } from './row-sink.ts';
import type { StreamBook } from './stream-book.ts';
import { StreamWriter } from './stream-writer.ts';
import { OUTSIDE_WINDOW_MS, TimeWindow } from './time-window.ts';

export interface DecodedWrite {
  series: RowSink;
  samples: RowSink;
  histograms: RowSink;
  exemplars: RowSink;
  /** What of the request was taken; of exemplars that follow each other closely one is in `exemplars`. */
  written: { samples: number; histograms: number; exemplars: number };
  /** Samples and native histograms. */
  rejected: Rejections;
}

/** What remote writes have told before. */
export interface WriteMemory {
  book: StreamBook;
  families: MetricFamilies;
}

/** prometheus.WriteRequest, or io.prometheus.write.v2.Request, to rows; throws DecodeError when the bytes are none. */
export function decodeRemoteWrite(body: Uint8Array, version: 1 | 2, nowMs: number, memory: WriteMemory): DecodedWrite {
  const reader = new ProtoReader(body);
  if (version === 1) learnFamilies(body, memory);
  const all = new SeriesReader(body, nowMs, memory, version === 2 ? readSymbols(body) : undefined);
  reader.each(version === 1 ? 0x0a : 0x2a, () => all.read(reader));
  return {
    series: all.writer.series,
    samples: all.writer.samples,
    histograms: all.writer.histograms,
    exemplars: all.writer.exemplars,
    written: all.written,
    rejected: all.rejected,
  };
}

/** Where the fields of a TimeSeries are in each version. */
const TAGS = {
  1: { labels: 0x0a, samples: 0x12, exemplars: 0x1a, histograms: 0x22, metadata: -1 },
  2: { labels: 0x0a, samples: 0x12, exemplars: 0x22, histograms: 0x1a, metadata: 0x2a },
};

class SeriesReader {
  readonly writer: StreamWriter;
  readonly rejected = new Rejections();
  readonly written = { samples: 0, histograms: 0, exemplars: 0 };
  readonly #memory: WriteMemory;
  readonly #symbols: Symbols | undefined;
  readonly #window: TimeWindow;
  readonly #labels = new LabelSet();
  readonly #exemplarLabels = new LabelSet();

  constructor(body: Uint8Array, nowMs: number, memory: WriteMemory, symbols: Symbols | undefined) {
    this.writer = new StreamWriter(memory.book, nowMs, body);
    this.#memory = memory;
    this.#symbols = symbols;
    this.#window = new TimeWindow(nowMs);
  }

  /** Labels may stand behind the samples, so they are read first. */
  read(reader: ProtoReader): void {
    const { pos } = reader;
    const tags = TAGS[this.#symbols ? 2 : 1];
    let family: Family | undefined;
    this.#labels.clear();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === tags.labels && this.#symbols) this.#symbols.readLabels(reader, this.#labels);
      else if (tag === tags.labels) readLabel(reader, this.#labels);
      else if (tag === tags.metadata) family = this.#symbols!.readFamily(reader);
      else if (tag === 0x08 && this.#symbols) this.#symbols.readLabel(reader, this.#labels);
      else reader.skip(tag);
    }
    this.#symbols?.endLabels();
    const { book, families } = this.#memory;
    const stream = book.stream(`w\0${this.#labels.key()}`, this.writer.nowMs);
    const known = stream.get('');
    const parsed = known ? undefined : this.#labels.read();
    this.writer.stream = stream;
    const name = known?.name ?? (typeof parsed === 'object' ? parsed.name : '');
    this.writer.family = () => family ?? families.find(name);
    this.writer.labels = () => (this.#labels.read() as { labels: [string, string][] }).labels;
    reader.pos = pos;
    const fault = typeof parsed === 'string' ? parsed : undefined;
    while (reader.more) {
      const tag = reader.tag();
      const isSample = tag === tags.samples;
      if (tag === tags.exemplars && fault === undefined) this.#exemplar(reader, name);
      else if (isSample || tag === tags.histograms) this.#value(reader, name, isSample, fault);
      else reader.skip(tag);
    }
  }

  #value(reader: ProtoReader, name: string, isSample: boolean, fault: string | undefined): void {
    const outer = reader.enter();
    const reason = fault ?? (isSample ? this.#sample(reader, name) : this.#histogram(reader, name));
    if (reason !== undefined) this.rejected.add(reason);
    else this.written[isSample ? 'samples' : 'histograms']++;
    reader.pos = reader.limit;
    reader.leave(outer);
  }

  /** A faulty one is passed over: it says nothing about the samples. */
  #exemplar(reader: ProtoReader, name: string): void {
    let value = 0;
    let timestampMs = 0;
    this.#exemplarLabels.clear();
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x0a && this.#symbols) this.#symbols.readLabels(reader, this.#exemplarLabels);
      else if (tag === 0x0a) readLabel(reader, this.#exemplarLabels);
      else if (tag === 0x08 && this.#symbols) this.#symbols.readLabel(reader, this.#exemplarLabels);
      else if (tag === 0x11) value = reader.double();
      else if (tag === 0x18) timestampMs = readTime(reader);
      else reader.skip(tag);
    }
    reader.leave(outer);
    this.#symbols?.endLabels();
    const all = this.#exemplarLabels.readAll();
    const labels = typeof all === 'string' ? [] : [...all];
    if (!isExemplar({ labels, value })) return;
    this.written.exemplars++;
    this.writer.exemplar('', name, { timestampMs, value, labels });
  }

  #histogram(reader: ProtoReader, name: string): string | undefined {
    const read = readNativeHistogram(reader);
    if (typeof read === 'string') return read;
    if (!this.#window.includesMs(read.timestampMs)) return OUTSIDE_WINDOW_MS;
    const { writer } = this;
    writer.timestampMs = read.timestampMs;
    if (read.sample) writer.histogram(name, read.sample);
    else writer.end(name);
    return undefined;
  }

  #sample(reader: ProtoReader, name: string): string | undefined {
    let [lo, hi] = [0, 0];
    let timestampMs = 0;
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x09) {
        reader.fixed64();
        ({ lo, hi } = reader);
      } else if (tag === 0x10) {
        timestampMs = readTime(reader);
      } else reader.skip(tag);
    }
    if (!this.#window.includesMs(timestampMs)) return OUTSIDE_WINDOW_MS;
    this.writer.timestampMs = timestampMs;
    this.writer.bits('', name, lo, hi);
    return undefined;
  }
}

function readTime(reader: ProtoReader): number {
  reader.varint64();
  return (reader.hi | 0) * 2 ** 32 + reader.lo;
}

/** A Label message of version 1. */
function readLabel(reader: ProtoReader, labels: LabelSet): void {
  let [nameStart, nameEnd, valueStart, valueEnd] = [0, 0, 0, 0];
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) {
      reader.range();
      [nameStart, nameEnd] = [reader.start, reader.end];
    } else if (tag === 0x12) {
      reader.range();
      [valueStart, valueEnd] = [reader.start, reader.end];
    } else reader.skip(tag);
  }
  reader.leave(outer);
  labels.add(reader.bytes, nameStart, nameEnd, valueStart, valueEnd);
}
