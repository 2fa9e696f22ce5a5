import { ByteBuffer } from '#server/decode/byte-buffer.ts';
import type { StoredHistogram, StoredSide } from './read-metric-rows.ts';

/** The Histogram message of remote write, of whole numbers where its counts are. */
export function encodeHistogram(histogram: StoredHistogram, timestampMs: number): Buffer {
  const { positive, negative, count, zeroCount, bounds } = histogram;
  const isWhole =
    positive.floatCounts.length + negative.floatCounts.length === 0 &&
    Number.isSafeInteger(count) &&
    Number.isSafeInteger(zeroCount);
  const out = new ByteBuffer(256);
  writeCount(out, isWhole ? 0x08 : 0x11, count, isWhole);
  writeDouble(out, 0x19, histogram.sum);
  out.u8(0x20);
  writeSigned(out, histogram.schema);
  writeDouble(out, 0x29, histogram.zeroThreshold);
  writeCount(out, isWhole ? 0x30 : 0x39, zeroCount, isWhole);
  writeSide(out, negative, isWhole, { spans: 0x42, deltas: 0x4a, counts: 0x52 });
  writeSide(out, positive, isWhole, { spans: 0x5a, deltas: 0x62, counts: 0x6a });
  out.u8(0x70);
  out.varuint(histogram.resetHint);
  out.u8(0x78);
  writeVarint(out, BigInt(timestampMs));
  if (bounds.length > 0) {
    out.varuint(0x82);
    writeDoubles(out, bounds);
  }
  return Buffer.from(out.written());
}

export interface SideTags {
  spans: number;
  deltas: number;
  counts: number;
}

export function writeSide(out: ByteBuffer, side: StoredSide, isWhole: boolean, tags: SideTags): void {
  side.offsets.forEach((offset, place) => {
    const span = new ByteBuffer(16);
    span.u8(0x08);
    writeSigned(span, offset);
    span.u8(0x10);
    span.varuint(side.lengths[place]!);
    out.u8(tags.spans);
    out.blob(span.bytes, 0, span.length);
  });
  if (!isWhole) {
    const counts = side.floatCounts.length > 0 ? side.floatCounts : side.counts;
    if (counts.length === 0) return;
    out.u8(tags.counts);
    writeDoubles(out, counts);
    return;
  }
  const deltas = new ByteBuffer(side.counts.length * 4 + 16);
  side.counts.forEach((count, place) => writeSigned(deltas, count - (side.counts[place - 1] ?? 0)));
  if (deltas.length === 0) return;
  out.u8(tags.deltas);
  out.blob(deltas.bytes, 0, deltas.length);
}

function writeCount(out: ByteBuffer, tag: number, count: number, isWhole: boolean): void {
  if (!isWhole) return writeDouble(out, tag, count);
  out.u8(tag);
  writeVarint(out, BigInt(count));
}

export function writeDouble(out: ByteBuffer, tag: number, value: number): void {
  out.u8(tag);
  out.f64(value);
}

function writeDoubles(out: ByteBuffer, values: readonly number[]): void {
  out.varuint(values.length * 8);
  for (const value of values) out.f64(value);
}

/** Zigzag, as sint32 and sint64 are. */
export function writeSigned(out: ByteBuffer, value: number): void {
  const whole = BigInt(value);
  writeVarint(out, (whole << 1n) ^ (whole >> 63n));
}

export function writeVarint(out: ByteBuffer, value: bigint): void {
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    const bits = Number(rest & 0x7fn);
    if (rest <= 0x7fn) return out.u8(bits);
    out.u8(bits | 0x80);
  }
}
