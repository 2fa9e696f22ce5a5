import { ByteBuffer } from '#server/decode/byte-buffer.ts';
import { writeDouble, writeSide, writeSigned, writeVarint } from '#server/forward/remote-write/encode-histogram.ts';
import { allBuckets } from '../histogram/bounds.ts';
import { isCustom, type Histogram } from '../histogram/histogram.ts';
import { toStored } from '../histogram/to-stored.ts';
import { METRIC_NAME } from '../labels/labels.ts';
import { federatedLabels, type Newest } from './encode-newest.ts';

export const PROTOBUF_TYPE =
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';

/** Of io.prometheus.client.MetricType. */
const TYPES = { untyped: 3, histogram: 4, gaugeHistogram: 5 };
const CHUNK_BYTES = 64 * 1024;

/** MetricFamily messages, each behind its length: the form of an exposition that has native histograms whole. */
export function* encodeNewestAsProto(newest: Newest[]): Generator<Buffer, void> {
  let out = new ByteBuffer(CHUNK_BYTES);
  let family: { key: string; message: ByteBuffer } | undefined;
  const end = () => family && out.blob(family.message.bytes, 0, family.message.length);
  for (const one of newest) {
    const name = one.labels.get(METRIC_NAME);
    if (name === '') continue;
    const type = typeOf(one);
    const key = `${type} ${name}`;
    if (family?.key !== key) {
      end();
      family = { key, message: beginFamily(name, type) };
    }
    writeMessage(family.message, 0x22, encodeMetric(one));
    if (out.length < CHUNK_BYTES) continue;
    yield out.written();
    out = new ByteBuffer(CHUNK_BYTES);
  }
  end();
  if (out.length > 0) yield out.written();
}

/** As in the text nothing but a histogram is known to be of a type. */
function typeOf({ histogram }: Newest): number {
  if (!histogram) return TYPES.untyped;
  return histogram.hint === 'gauge' ? TYPES.gaugeHistogram : TYPES.histogram;
}

function beginFamily(name: string, type: number): ByteBuffer {
  const out = new ByteBuffer(1024);
  out.u8(0x0a);
  out.text(name);
  out.u8(0x18);
  out.u8(type);
  return out;
}

function encodeMetric({ labels, timeMs, value, histogram }: Newest): ByteBuffer {
  const out = new ByteBuffer(256);
  for (const [name, text] of federatedLabels(labels)) {
    const label = new ByteBuffer(64);
    label.u8(0x0a);
    label.text(name);
    label.u8(0x12);
    label.text(text);
    writeMessage(out, 0x0a, label);
  }
  if (histogram) writeMessage(out, 0x3a, isCustom(histogram) ? encodeClassic(histogram) : encodeNative(histogram));
  else {
    const untyped = new ByteBuffer(16);
    writeDouble(untyped, 0x09, value);
    writeMessage(out, 0x2a, untyped);
  }
  out.u8(0x30);
  writeVarint(out, BigInt(timeMs));
  return out;
}

/** With counts that are floats, as upstream federates. */
function encodeNative(histogram: Histogram): ByteBuffer {
  const { count, sum, schema, zeroThreshold, zeroCount, positive, negative } = toStored(histogram);
  const out = new ByteBuffer(256);
  writeDouble(out, 0x21, count);
  writeDouble(out, 0x11, sum);
  out.u8(0x28);
  writeSigned(out, schema);
  writeDouble(out, 0x31, zeroThreshold);
  writeDouble(out, 0x41, zeroCount);
  writeSide(out, negative, false, { spans: 0x4a, deltas: 0x52, counts: 0x5a });
  // Without any span it would be taken for a classic one.
  const isEmpty = positive.lengths.length + negative.lengths.length === 0;
  const marked = isEmpty ? { ...positive, offsets: [0], lengths: [0] } : positive;
  writeSide(out, marked, false, { spans: 0x62, deltas: 0x6a, counts: 0x72 });
  return out;
}

/** The message has no place for custom bounds of native ones: they are those of a classic histogram. */
function encodeClassic(histogram: Histogram): ByteBuffer {
  const out = new ByteBuffer(256);
  writeDouble(out, 0x21, histogram.count);
  writeDouble(out, 0x11, histogram.sum);
  let below = 0;
  const bounds = [...histogram.bounds!, Infinity];
  const counts = new Map(allBuckets(histogram).map(({ upper, count }) => [upper, count]));
  for (const bound of bounds) {
    below += counts.get(bound) ?? 0;
    const bucket = new ByteBuffer(32);
    writeDouble(bucket, 0x21, below);
    writeDouble(bucket, 0x11, bound);
    writeMessage(out, 0x1a, bucket);
  }
  return out;
}

function writeMessage(out: ByteBuffer, tag: number, message: ByteBuffer): void {
  out.u8(tag);
  out.blob(message.bytes, 0, message.length);
}
