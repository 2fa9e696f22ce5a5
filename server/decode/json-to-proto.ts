import { ByteBuffer } from './byte-buffer.ts';
import { DecodeError } from './decode-error.ts';
import type { Field, FieldKind, Message } from './otlp-messages.ts';

/**
 * Rewrites an OTLP/JSON body as the protobuf it stands for, so that one reader judges both encodings and rows cannot differ.
 * Throws DecodeError with the path of the first field that is not what OTLP/JSON asks for.
 */
export function jsonToProto(body: Uint8Array, request: Message): Uint8Array {
  const value = parse(body);
  const out = new ByteBuffer(Math.max(256, body.length));
  writeMessage(out, value, request, '', 0);
  return out.written();
}

const DEPTH_MAX = 100;
/** A length whose value is not known yet takes the most bytes it could; protobuf allows the padding. */
const LENGTH_BYTES = 4;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function parse(body: Uint8Array): unknown {
  let text: string;
  try {
    text = strictUtf8.decode(body);
  } catch {
    throw new DecodeError('The JSON body is not valid UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DecodeError(`The body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function writeMessage(out: ByteBuffer, value: unknown, message: Message, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw expected('an object', value, path);
  if (depth > DEPTH_MAX) throw new DecodeError(`${path}: nested deeper than ${DEPTH_MAX}`);
  for (const key in value) {
    const field = message.get(key);
    const member = (value as Record<string, unknown>)[key];
    if (field === undefined || member === null) continue;
    if (!field.repeated) writeField(out, member, field, path, key, depth);
    else if (Array.isArray(member)) {
      for (let index = 0; index < member.length; index++) {
        writeField(out, member[index], field, path, `${key}[${index}]`, depth);
      }
    } else throw expected('an array', member, join(path, key));
  }
}

function writeField(
  out: ByteBuffer,
  value: unknown,
  { number, type }: Field,
  path: string,
  key: string,
  depth: number,
) {
  if (typeof type === 'string') {
    out.varuint((number << 3) | WIRE_TYPE[type]);
    WRITE[type](out, value, path, key);
    return;
  }
  out.varuint((number << 3) | 2);
  const at = out.length;
  out.zeros(LENGTH_BYTES);
  writeMessage(out, value, type, join(path, key), depth + 1);
  let rest = out.length - at - LENGTH_BYTES;
  for (let index = 0; index < LENGTH_BYTES; index++, rest >>>= 7) {
    out.bytes[at + index] = (rest & 0x7f) | (index < LENGTH_BYTES - 1 ? 0x80 : 0);
  }
}

const WIRE_TYPE: Record<FieldKind, number> = {
  string: 2,
  hex: 2,
  base64: 2,
  bool: 0,
  double: 1,
  enum: 0,
  int64: 0,
  sint32: 0,
  fixed64: 1,
};

type Write = (out: ByteBuffer, value: unknown, path: string, key: string) => void;

const WRITE: Record<FieldKind, Write> = {
  string: (out, value, path, key) => {
    if (typeof value !== 'string') throw expected('a string', value, join(path, key));
    out.text(value);
  },
  hex: (out, value, path, key) => {
    if (typeof value !== 'string' || value.length % 2 !== 0) throw expected('hex digits', value, join(path, key));
    const bytes = Buffer.from(value, 'hex');
    if (bytes.length * 2 !== value.length) throw expected('hex digits', value, join(path, key));
    out.blob(bytes, 0, bytes.length);
  },
  base64: (out, value, path, key) => {
    if (typeof value !== 'string' || !/^[\w+/-]*={0,2}$/.test(value)) throw expected('base64', value, join(path, key));
    const bytes = Buffer.from(value, 'base64');
    out.blob(bytes, 0, bytes.length);
  },
  bool: (out, value, path, key) => {
    if (typeof value !== 'boolean') throw expected('true or false', value, join(path, key));
    out.u8(value ? 1 : 0);
  },
  double: (out, value, path, key) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || (Number.isNaN(number) && value !== 'NaN')) {
      throw expected('a number', value, join(path, key));
    }
    out.f64(number);
  },
  enum: (out, value, path, key) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw expected('an integer (OTLP/JSON has no enum names)', value, join(path, key));
    }
    writeVarint(out, BigInt(value));
  },
  int64: (out, value, path, key) => writeVarint(out, toInteger(value, path, key)),
  sint32: (out, value, path, key) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 0x3fff_ffff) {
      throw expected('an integer', value, join(path, key));
    }
    out.varuint(value < 0 ? -2 * value - 1 : 2 * value);
  },
  fixed64: (out, value, path, key) => {
    const bits = BigInt.asUintN(64, toInteger(value, path, key));
    out.u64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
  },
};

const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/** 64-bit integers come as strings, and as numbers from senders that know no better. */
function toInteger(value: unknown, path: string, key: string): bigint {
  const isInteger = typeof value === 'number' ? Number.isInteger(value) : isDigits(value);
  if (!isInteger) throw expected('an integer', value, join(path, key));
  const integer = BigInt(value as number | string);
  if (integer < INT64_MIN || integer > UINT64_MAX) throw expected('an integer of 64 bits', value, join(path, key));
  return integer;
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value);
}

function writeVarint(out: ByteBuffer, value: bigint): void {
  if (value >= 0n && value <= 0x7fff_ffffn) return out.varuint(Number(value));
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    const bits = Number(rest & 0x7fn);
    if (rest <= 0x7fn) return out.u8(bits);
    out.u8(bits | 0x80);
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function expected(what: string, value: unknown, path: string): DecodeError {
  const given = JSON.stringify(value)?.slice(0, 40) ?? String(value);
  return new DecodeError(`${path === '' ? 'The body' : path}: expected ${what}, got ${given}`);
}
