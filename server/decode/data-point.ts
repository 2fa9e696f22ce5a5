import { Attributes } from './attributes.ts';
import type { Exemplar } from './metric-rows.ts';
import { OtlpExemplarReader } from './otlp-exemplar.ts';
import type { Exponential } from './exponential-histogram.ts';
import type { BucketRun } from './histogram-row.ts';
import type { ProtoReader } from './proto-reader.ts';

const ATTRIBUTES_MAX = 128;
/** Bounds, buckets or quantiles of one point. */
const PARTS_MAX = 4096;
/** A bucket of a usual histogram has one. */
const EXEMPLARS_MAX = 64;

/** Which of the four messages for points, as their field numbers differ. */
export type PointShape = 'number' | 'histogram' | 'exponential' | 'summary';

/** One data point of any kind, read again and again into the same fields. */
export class DataPoint {
  shape: PointShape = 'number';
  readonly attributes = new Attributes();
  timeLo = 0;
  timeHi = 0;
  /** Undefined when a number has no value, or a histogram no sum. */
  value: number | undefined;
  count = 0;
  bounds: number[] = [];
  counts: number[] = [];
  quantiles: { quantile: number; value: number }[] = [];
  exponential: Exponential = emptyExponential();
  exemplars: Exemplar[] = [];
  /** The sender says that it has nothing to say, for which Prometheus has the stale marker. */
  isStale = false;
  fault: string | undefined;
  readonly #exemplar = new OtlpExemplarReader();

  read(reader: ProtoReader, shape: PointShape): void {
    this.#clear();
    this.shape = shape;
    while (reader.more) {
      const tag = reader.tag();
      if (!this.#shared(reader, tag, shape)) this.#own(reader, tag, shape);
    }
  }

  #clear(): void {
    this.attributes.clear();
    this.timeLo = 0;
    this.timeHi = 0;
    this.value = undefined;
    this.count = 0;
    this.bounds = [];
    this.counts = [];
    this.quantiles = [];
    this.exponential = emptyExponential();
    this.exemplars = [];
    this.isStale = false;
    this.fault = undefined;
  }

  /** What all shapes have, under numbers of their own. */
  #shared(reader: ProtoReader, tag: number, shape: PointShape): boolean {
    if (tag === 0x19) {
      reader.fixed64();
      this.timeLo = reader.lo;
      this.timeHi = reader.hi;
    } else if (tag === ATTRIBUTES_TAG[shape]) {
      if (this.attributes.count < ATTRIBUTES_MAX) this.attributes.read(reader);
      else {
        this.fault = `more than ${ATTRIBUTES_MAX} attributes`;
        reader.skip(tag);
      }
    } else if (tag === EXEMPLARS_TAG[shape]) {
      if (this.exemplars.length >= EXEMPLARS_MAX) reader.skip(tag);
      else this.#readExemplar(reader);
    } else if (tag === FLAGS_TAG[shape]) this.isStale = (reader.varint() & 1) === 1;
    else return false;
    return true;
  }

  #readExemplar(reader: ProtoReader): void {
    const exemplar = this.#exemplar.read(reader);
    if (exemplar) this.exemplars.push(exemplar);
  }

  #own(reader: ProtoReader, tag: number, shape: PointShape): void {
    if (shape === 'number') {
      if (tag === 0x21) this.value = reader.double();
      else if (tag === 0x31) this.value = signed64(reader);
      else reader.skip(tag);
      return;
    }
    if (tag === 0x21) this.count = unsigned64(reader);
    else if (tag === 0x29) this.value = reader.double();
    else if (shape === 'histogram') this.#histogram(reader, tag);
    else if (shape === 'exponential') this.#exponential(reader, tag);
    else if (tag === 0x32) this.#quantile(reader);
    else reader.skip(tag);
  }

  #histogram(reader: ProtoReader, tag: number): void {
    if (tag === 0x32) this.#packed(reader, this.counts, unsigned64);
    else if (tag === 0x31) this.#keep(this.counts, unsigned64(reader));
    else if (tag === 0x3a) this.#packed(reader, this.bounds, (at) => at.double());
    else if (tag === 0x39) this.#keep(this.bounds, reader.double());
    else reader.skip(tag);
  }

  #exponential(reader: ProtoReader, tag: number): void {
    if (tag === 0x30) this.exponential.scale = zigzag(reader);
    else if (tag === 0x39) this.exponential.zeroCount = unsigned64(reader);
    else if (tag === 0x42) this.exponential.positive = this.#range(reader);
    else if (tag === 0x4a) this.exponential.negative = this.#range(reader);
    else if (tag === 0x71) this.exponential.zeroThreshold = reader.double();
    else reader.skip(tag);
  }

  #range(reader: ProtoReader): BucketRun {
    const counts: number[] = [];
    let offset = 0;
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x08) offset = zigzag(reader);
      else if (tag === 0x12) this.#packed(reader, counts, varint64);
      else if (tag === 0x10) this.#keep(counts, varint64(reader));
      else reader.skip(tag);
    }
    reader.leave(outer);
    return { offset, counts };
  }

  #quantile(reader: ProtoReader): void {
    let quantile = 0;
    let value = 0;
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x09) quantile = reader.double();
      else if (tag === 0x11) value = reader.double();
      else reader.skip(tag);
    }
    reader.leave(outer);
    if (this.quantiles.length < PARTS_MAX) this.quantiles.push({ quantile, value });
    else this.fault = TOO_MANY_PARTS;
  }

  /** Numbers one behind the other without tags, as senders write them; readers must take both ways. */
  #packed(reader: ProtoReader, into: number[], read: (reader: ProtoReader) => number): void {
    const outer = reader.enter();
    while (reader.more) this.#keep(into, read(reader));
    reader.leave(outer);
  }

  #keep(into: number[], value: number): void {
    if (into.length < PARTS_MAX) into.push(value);
    else this.fault = TOO_MANY_PARTS;
  }
}

const TOO_MANY_PARTS = `more than ${PARTS_MAX} buckets or quantiles`;
const ATTRIBUTES_TAG: Record<PointShape, number> = { number: 0x3a, histogram: 0x4a, exponential: 0x0a, summary: 0x3a };
const EXEMPLARS_TAG: Record<PointShape, number> = { number: 0x2a, histogram: 0x42, exponential: 0x5a, summary: -1 };
const FLAGS_TAG: Record<PointShape, number> = { number: 0x40, histogram: 0x50, exponential: 0x50, summary: 0x40 };

function emptyExponential(): Exponential {
  return {
    scale: 0,
    zeroCount: 0,
    zeroThreshold: 0,
    positive: { offset: 0, counts: [] },
    negative: { offset: 0, counts: [] },
  };
}

function unsigned64(reader: ProtoReader): number {
  reader.fixed64();
  return reader.hi * 2 ** 32 + reader.lo;
}

function signed64(reader: ProtoReader): number {
  reader.fixed64();
  return (reader.hi | 0) * 2 ** 32 + reader.lo;
}

function varint64(reader: ProtoReader): number {
  reader.varint64();
  return reader.hi * 2 ** 32 + reader.lo;
}

function zigzag(reader: ProtoReader): number {
  const bits = reader.varint();
  return (bits >>> 1) ^ -(bits & 1);
}
