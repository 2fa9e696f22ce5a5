import { ByteBuffer } from './byte-buffer.ts';
import { DecodeError } from './decode-error.ts';
import type { ProtoReader } from './proto-reader.ts';

/** Writes the AnyValue that the reader is in as one string: scalars as text, arrays and key-value lists as JSON. */
export function writeAnyValue(reader: ProtoReader, out: ByteBuffer): void {
  const from = out.length;
  out.u8(0);
  while (reader.more) {
    const tag = reader.tag();
    if (!isValue(tag)) {
      reader.skip(tag);
      continue;
    }
    // A later member of the oneof replaces an earlier one.
    out.length = from;
    if (tag === STRING) {
      reader.range();
      out.utf8(reader.bytes, reader.start, reader.end);
    } else if (tag === ARRAY || tag === KVLIST) {
      const json = new ByteBuffer();
      const outer = reader.enter();
      if (tag === ARRAY) writeJsonArray(reader, json);
      else writeJsonObject(reader, json);
      reader.leave(outer);
      out.blob(json.bytes, 0, json.length);
    } else out.text(String(readScalar(reader, tag)));
  }
}

const STRING = 0x0a;
const BOOL = 0x10;
const INT = 0x18;
const DOUBLE = 0x21;
const ARRAY = 0x2a;
const KVLIST = 0x32;
const BYTES = 0x3a;

function isValue(tag: number): boolean {
  return (
    tag === STRING || tag === INT || tag === BOOL || tag === DOUBLE || tag === ARRAY || tag === KVLIST || tag === BYTES
  );
}

/** Bytes come as base64, integers beyond the exact range of a number as bigint. */
function readScalar(reader: ProtoReader, tag: number): boolean | number | bigint | string {
  switch (tag) {
    case BOOL:
      reader.varint64();
      return reader.lo !== 0 || reader.hi !== 0;
    case INT:
      reader.varint64();
      return signed(reader.lo, reader.hi);
    case DOUBLE:
      return reader.double();
    default:
      reader.range();
      return Buffer.from(reader.bytes.subarray(reader.start, reader.end)).toString('base64');
  }
}

function signed(lo: number, hi: number): number | bigint {
  const value = (hi | 0) * 2 ** 32 + lo;
  return Number.isSafeInteger(value) ? value : (BigInt(hi | 0) << 32n) | BigInt(lo);
}

function writeJson(reader: ProtoReader, json: ByteBuffer): void {
  const from = json.length;
  json.chars('null');
  while (reader.more) {
    const tag = reader.tag();
    if (!isValue(tag)) {
      reader.skip(tag);
      continue;
    }
    json.length = from;
    if (tag === STRING) {
      json.chars(readJsonString(reader));
    } else if (tag === ARRAY || tag === KVLIST) {
      const outer = reader.enter();
      if (tag === ARRAY) writeJsonArray(reader, json);
      else writeJsonObject(reader, json);
      reader.leave(outer);
    } else {
      const scalar = readScalar(reader, tag);
      if (typeof scalar === 'string') json.chars(JSON.stringify(scalar));
      // JSON has no NaN or infinity; the protobuf mapping writes them as strings.
      else if (typeof scalar === 'number' && !Number.isFinite(scalar)) json.chars(`"${scalar}"`);
      else json.chars(String(scalar));
    }
  }
}

function writeJsonArray(reader: ProtoReader, json: ByteBuffer): void {
  json.chars('[');
  let first = true;
  while (reader.more) {
    const tag = reader.tag();
    if (tag !== 0x0a) {
      reader.skip(tag);
      continue;
    }
    if (!first) json.chars(',');
    first = false;
    const outer = reader.enter();
    writeJson(reader, json);
    reader.leave(outer);
  }
  json.chars(']');
}

function writeJsonObject(reader: ProtoReader, json: ByteBuffer): void {
  json.chars('{');
  let first = true;
  while (reader.more) {
    const tag = reader.tag();
    if (tag !== 0x0a) {
      reader.skip(tag);
      continue;
    }
    if (!first) json.chars(',');
    first = false;
    const outer = reader.enter();
    writeJsonPair(reader, json);
    reader.leave(outer);
  }
  json.chars('}');
}

function writeJsonPair(reader: ProtoReader, json: ByteBuffer): void {
  let key = '""';
  let start = 0;
  let end = 0;
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) key = readJsonString(reader);
    else if (tag === 0x12) {
      reader.range();
      ({ start, end } = reader);
    } else reader.skip(tag);
  }
  json.chars(`${key}:`);
  const { pos } = reader;
  const outer = reader.within(start, end);
  writeJson(reader, json);
  reader.leave(outer);
  reader.pos = pos;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readJsonString(reader: ProtoReader): string {
  reader.range();
  try {
    return JSON.stringify(strictUtf8.decode(reader.bytes.subarray(reader.start, reader.end)));
  } catch {
    throw new DecodeError(`The string at byte ${reader.start} is not valid UTF-8`);
  }
}
