import { DecodeError } from './decode-error.ts';
import { RESET_HINTS, type HistogramSample } from './histogram-row.ts';
import { emptySide, readSide, toSample, type SideTags } from './native-histogram.ts';
import type { ParsedExemplar } from './parse-exposition.ts';
import { readExemplar, readTimestamp, signed64 } from './proto-metric-parts.ts';
import type { ProtoReader } from './proto-reader.ts';

export interface CumulativeBucket {
  le: number;
  /** Observations up to `le`. */
  below: number;
  exemplar?: ParsedExemplar;
}

export interface ProtoHistogram {
  count: number;
  sum: number;
  /** Ascending, to the one without a bound. */
  buckets: CumulativeBucket[];
  /** Undefined when it is a classic one only. */
  native: HistogramSample | undefined;
  /** Those that belong to no bucket. */
  exemplars: ParsedExemplar[];
  created: number | undefined;
}

const BUCKETS_MAX = 4096;
const NEGATIVE: SideTags = { spans: 0x4a, deltas: 0x52, delta: 0x50, counts: 0x5a, count: 0x59 };
const POSITIVE: SideTags = { spans: 0x62, deltas: 0x6a, delta: 0x68, counts: 0x72, count: 0x71 };

/** The Histogram that the reader stands before. A native one has spans, be they empty, or says how wide its zero bucket is. */
export function readProtoHistogram(reader: ProtoReader): ProtoHistogram {
  const read = { count: 0, sum: 0, schema: 0, zeroThreshold: 0, zeroCount: 0 };
  const classic: CumulativeBucket[] = [];
  const exemplars: ParsedExemplar[] = [];
  const [positive, negative] = [emptySide(), emptySide()];
  let created: number | undefined;
  let isNative = false;
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x08) read.count = signed64(reader);
    else if (tag === 0x21) read.count = reader.double();
    else if (tag === 0x11) read.sum = reader.double();
    else if (tag === 0x1a) classic.push(readBucket(reader));
    else if (tag === 0x28) read.schema = zigzag(reader);
    else if (tag === 0x31) read.zeroThreshold = reader.double();
    else if (tag === 0x38) read.zeroCount = signed64(reader);
    else if (tag === 0x41) read.zeroCount = reader.double();
    else if (tag === 0x7a) created = readTimestamp(reader);
    else if (tag === 0x82) exemplars.push(readExemplar(reader));
    else if (readSide(reader, tag, negative, NEGATIVE) || readSide(reader, tag, positive, POSITIVE)) isNative = true;
    else reader.skip(tag);
    if (classic.length > BUCKETS_MAX || exemplars.length > BUCKETS_MAX) {
      throw new DecodeError(`A histogram has more than ${BUCKETS_MAX} buckets`);
    }
  }
  reader.leave(outer);
  if (classic.at(-1)?.le !== Infinity) classic.push({ le: Infinity, below: read.count });
  isNative ||= read.zeroThreshold > 0 || read.zeroCount > 0;
  const native = isNative ? toSample({ ...read, resetHint: RESET_HINTS.unknown }, positive, negative, []) : undefined;
  if (typeof native === 'string') throw new DecodeError(native);
  for (const exemplar of exemplars) {
    const bucket = classic.find(({ le }) => exemplar.value <= le);
    if (bucket) bucket.exemplar ??= exemplar;
  }
  return { count: read.count, sum: read.sum, buckets: classic, native, exemplars, created };
}

function readBucket(reader: ProtoReader): CumulativeBucket {
  const bucket: CumulativeBucket = { le: 0, below: 0 };
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x08) bucket.below = signed64(reader);
    else if (tag === 0x21) bucket.below = reader.double();
    else if (tag === 0x11) bucket.le = reader.double();
    else if (tag === 0x1a) bucket.exemplar = readExemplar(reader);
    else reader.skip(tag);
  }
  reader.leave(outer);
  return bucket;
}

function zigzag(reader: ProtoReader): number {
  const bits = reader.varint();
  return (bits >>> 1) ^ -(bits & 1);
}
