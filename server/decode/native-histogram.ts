import { CUSTOM_SCHEMA } from '#server/promql/histogram/histogram.ts';
import type { BucketRun, HistogramSample } from './histogram-row.ts';
import type { ProtoReader } from './proto-reader.ts';

const BUCKETS_MAX = 4096;

/** One sample of a native histogram of Prometheus, as both versions of remote write carry it. */
export interface NativeHistogram {
  timestampMs: number;
  /** Undefined where it says that the series has ended. */
  sample: HistogramSample | undefined;
}

/** Reads the Histogram message that the reader is in; answers why it cannot be kept instead, if it cannot. */
export function readNativeHistogram(reader: ProtoReader): NativeHistogram | string {
  const read = { count: 0, sum: 0, schema: 0, zeroThreshold: 0, zeroCount: 0, resetHint: 0 };
  let timestampMs = 0;
  let isStale = false;
  const [positive, negative, custom]: [Side, Side, number[]] = [emptySide(), emptySide(), []];
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x08) read.count = unsigned(reader);
    else if (tag === 0x11) read.count = reader.double();
    else if (tag === 0x19) {
      // Stale is one NaN among many, known by its bits.
      const { pos } = reader;
      reader.fixed64();
      isStale = reader.lo === 0x0000_0002 && reader.hi === 0x7ff0_0000;
      reader.pos = pos;
      read.sum = reader.double();
    } else if (tag === 0x20) read.schema = zigzag(reader);
    else if (tag === 0x29) read.zeroThreshold = reader.double();
    else if (tag === 0x30) read.zeroCount = unsigned(reader);
    else if (tag === 0x39) read.zeroCount = reader.double();
    else if (tag === 0x70) read.resetHint = reader.varint();
    else if (tag === 0x78) timestampMs = signed(reader);
    else if (!readSide(reader, tag, negative, NEGATIVE) && !readSide(reader, tag, positive, POSITIVE)) {
      if (tag === 0x82) pack(reader, custom, (at) => at.double());
      else if (tag === 0x81) keep(custom, reader.double());
      else reader.skip(tag);
    }
  }
  if (isStale) return { timestampMs, sample: undefined };
  const sample = toSample(read, positive, negative, custom);
  return typeof sample === 'string' ? sample : { timestampMs, sample };
}

/** The buckets of one sign, as they are on the wire. */
export interface Side {
  spans: { offset: number; length: number }[];
  deltas: number[];
  counts: number[];
}

/** Fields of one sign, which have other numbers elsewhere. */
export interface SideTags {
  spans: number;
  /** Packed and single. */
  deltas: number;
  delta: number;
  counts: number;
  count: number;
}

const NEGATIVE: SideTags = { spans: 0x42, deltas: 0x4a, delta: 0x48, counts: 0x52, count: 0x51 };
const POSITIVE: SideTags = { spans: 0x5a, deltas: 0x62, delta: 0x60, counts: 0x6a, count: 0x69 };

export function emptySide(): Side {
  return { spans: [], deltas: [], counts: [] };
}

/** Reads a field of one sign; answers whether it was one. */
export function readSide(reader: ProtoReader, tag: number, side: Side, tags: SideTags): boolean {
  if (tag === tags.deltas) pack(reader, side.deltas, zigzag64);
  else if (tag === tags.delta) keep(side.deltas, zigzag64(reader));
  else if (tag === tags.counts) pack(reader, side.counts, (at) => at.double());
  else if (tag === tags.count) keep(side.counts, reader.double());
  else if (tag === tags.spans) {
    const span = { offset: 0, length: 0 };
    const outer = reader.enter();
    while (reader.more) {
      const inner = reader.tag();
      if (inner === 0x08) span.offset = zigzag(reader);
      else if (inner === 0x10) span.length = reader.varint();
      else reader.skip(inner);
    }
    reader.leave(outer);
    if (side.spans.length <= BUCKETS_MAX) side.spans.push(span);
  } else return false;
  return true;
}

/** A histogram as it is kept, or why it cannot be. */
export function toSample(
  head: Omit<HistogramSample, 'positive' | 'negative' | 'bounds'>,
  positive: Side,
  negative: Side,
  bounds: number[],
): HistogramSample | string {
  const above = spread(positive);
  const below = spread(negative);
  if (typeof above === 'string') return above;
  if (typeof below === 'string') return below;
  if ([...above.counts, ...below.counts, head.zeroCount, head.count].some((count) => count < 0))
    return 'a count of a native histogram must not be below zero';
  if (head.resetHint > HINT_MAX) return 'the reset hint of a native histogram must be in [0, 3]';
  const sample = { ...head, positive: above, negative: below };
  if (head.schema === CUSTOM_SCHEMA) return faultOfBounds(above, bounds) ?? { ...sample, bounds };
  if (head.schema < -4 || head.schema > 8) return 'the schema of a native histogram must be in [-4, 8] or -53';
  return { ...sample, bounds: [] };
}

const HINT_MAX = 3;

function faultOfBounds({ offset, counts }: BucketRun, bounds: readonly number[]): string | undefined {
  if (bounds.some((bound, place) => !(bound > (bounds[place - 1] ?? -Infinity))))
    return 'the bounds of a histogram must ascend';
  const isInside = counts.length === 0 || (offset >= 0 && offset + counts.length <= bounds.length + 1);
  return isInside ? undefined : 'a histogram must have one bucket more than bounds';
}

/** Buckets side by side, with those between the spans; the counts of each are told by its difference to the one before. */
function spread({ spans, deltas, counts: floats }: Side): BucketRun | string {
  const counts: number[] = [];
  let used = 0;
  let last = 0;
  for (const [index, { offset, length }] of spans.entries()) {
    const gap = index === 0 ? 0 : offset;
    if (gap < 0) return 'the spans of a native histogram must not overlap';
    if (counts.length + gap + length > BUCKETS_MAX)
      return `a native histogram must not span over ${BUCKETS_MAX} buckets`;
    for (let empty = 0; empty < gap; empty++) counts.push(0);
    for (let bucket = 0; bucket < length; bucket++, used++) {
      last += deltas[used] ?? 0;
      counts.push(floats[used] ?? last);
    }
  }
  if (used !== Math.max(deltas.length, floats.length))
    return 'a native histogram must have as many buckets as its spans say';
  return { offset: spans[0]?.offset ?? 0, counts };
}

function pack(reader: ProtoReader, into: number[], read: (reader: ProtoReader) => number): void {
  const outer = reader.enter();
  while (reader.more) keep(into, read(reader));
  reader.leave(outer);
}

/** One more than may be is kept, which then does not match the spans. */
function keep(into: number[], value: number): void {
  if (into.length <= BUCKETS_MAX) into.push(value);
}

function unsigned(reader: ProtoReader): number {
  reader.varint64();
  return reader.hi * 2 ** 32 + reader.lo;
}

function signed(reader: ProtoReader): number {
  reader.varint64();
  return (reader.hi | 0) * 2 ** 32 + reader.lo;
}

function zigzag(reader: ProtoReader): number {
  const bits = reader.varint();
  return (bits >>> 1) ^ -(bits & 1);
}

function zigzag64(reader: ProtoReader): number {
  const bits = unsigned(reader);
  return bits % 2 === 0 ? bits / 2 : -(bits + 1) / 2;
}
