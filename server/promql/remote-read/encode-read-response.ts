import { setImmediate as nextTurn } from 'node:timers/promises';
import { ByteBuffer } from '#server/decode/byte-buffer.ts';
import { compressSnappy } from '#server/forward/remote-write/compress-snappy.ts';
import { encodeHistogram } from '#server/forward/remote-write/encode-histogram.ts';
import { toStored } from '../histogram/to-stored.ts';
import type { RawSeries } from '../evaluate/values.ts';
import type { Labels } from '../labels/labels.ts';

const STALE_LO = 0x0000_0002;
const STALE_HI = 0x7ff0_0000;
/** Of uncompressed bytes, after which others have their turn. */
const PIECE_BYTES = 1024 ** 2;

/**
 * A prometheus.ReadResponse with the samples of each query's series, compressed by Snappy, piece after piece. Snappy says first how
 * long all of it is, so all of it is there before the first piece goes out.
 */
export async function* encodeReadResponse(results: RawSeries[][]): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  for (const series of results) {
    const encoded: Buffer[] = [];
    for (const one of series) {
      encoded.push(encodeTimeSeries(one));
      if (encoded.length % SERIES_A_TURN === 0) await nextTurn();
    }
    const length = encoded.reduce((sum, { length: bytes }) => sum + bytes, 0);
    const head = new ByteBuffer(16);
    head.u8(0x0a);
    head.varuint(length);
    pieces.push(head.written(), ...encoded);
  }
  const head = new ByteBuffer(16);
  head.varuint(pieces.reduce((sum, { length }) => sum + length, 0));
  yield head.written();
  for (const piece of inPieces(pieces)) {
    // What follows the length of one piece follows that of the whole: copies reach no further back than their own block.
    yield withoutLength(compressSnappy(piece));
    await nextTurn();
  }
}

const SERIES_A_TURN = 50;

function* inPieces(parts: Buffer[]): Generator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for (const part of parts) {
    held.push(part);
    bytes += part.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    [held, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(held);
}

function withoutLength(compressed: Buffer): Buffer {
  let at = 0;
  while (compressed[at]! > 0x7f) at++;
  return compressed.subarray(at + 1);
}

/** As a field of a QueryResult. */
function encodeTimeSeries({ labels, timestamps, values, stale, histograms }: RawSeries): Buffer {
  const inner = new ByteBuffer(256 + values.length * SAMPLE_BYTES);
  writeLabels(inner, labels);
  for (let place = 0; place < values.length; place++) {
    // A double and a time, with their tags, in a message of its own.
    inner.u8(0x12);
    inner.u8(10 + bytesOfVaruint(timestamps[place]!));
    inner.u8(0x09);
    // The one NaN that marks an end is told by its bits, which reading it as a number may change.
    if (stale?.[place] === 1) inner.u64(STALE_LO, STALE_HI);
    else inner.f64(values[place]!);
    inner.u8(0x10);
    writeVaruint(inner, timestamps[place]!);
  }
  histograms?.values.forEach((one, place) => {
    const message = encodeHistogram(toStored(one), histograms.timestamps[place]!);
    inner.u8(0x22);
    inner.blob(message, 0, message.length);
  });
  const out = new ByteBuffer(inner.length + 8);
  out.u8(0x0a);
  out.varuint(inner.length);
  out.append(inner);
  return out.written();
}

const SAMPLE_BYTES = 18;

function writeLabels(out: ByteBuffer, labels: Labels): void {
  for (const [name, value] of labels.entries()) {
    const label = new ByteBuffer(64);
    for (const [tag, text] of [
      [0x0a, Buffer.from(name)],
      [0x12, Buffer.from(value)],
    ] as const) {
      label.u8(tag);
      label.blob(text, 0, text.length);
    }
    out.u8(0x0a);
    out.varuint(label.length);
    out.append(label);
  }
}

/** Of numbers that need more than 32 bits; none is negative. */
function writeVaruint(out: ByteBuffer, value: number): void {
  let rest = value;
  while (rest > 0x7f) {
    out.u8((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  out.u8(rest);
}

function bytesOfVaruint(value: number): number {
  let bytes = 1;
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}
