import { isUtf8 } from 'node:buffer';
import { DecodeError } from './decode-error.ts';

/** Below this a loop beats the call into native code. */
const LOOP_BYTES_MAX = 48;
const BYTES_MAX = 256 * 1024 ** 2;

/** Bytes that grow, written with the primitives that RowBinary and protobuf share (little endian, LEB128 lengths). */
export class ByteBuffer {
  bytes: Buffer;
  length = 0;
  #view: DataView;

  constructor(capacity = 512) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.#view = new DataView(this.bytes.buffer);
  }

  u8(value: number): void {
    if (this.length === this.bytes.length) this.#grow(1);
    this.bytes[this.length++] = value;
  }

  u16(value: number): void {
    this.reserve(2);
    this.#view.setUint16(this.length, value, true);
    this.length += 2;
  }

  u32(value: number): void {
    this.reserve(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  u64(lo: number, hi: number): void {
    this.reserve(8);
    this.#view.setUint32(this.length, lo, true);
    this.#view.setUint32(this.length + 4, hi, true);
    this.length += 8;
  }

  /** A whole number that may be negative and need not fit 32 bits, as the Int64 of DateTime64. */
  i64(value: number): void {
    const hi = Math.floor(value / 2 ** 32);
    this.u64(value - hi * 2 ** 32, hi);
  }

  f64(value: number): void {
    this.reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  varuint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  zeros(count: number): void {
    this.reserve(count);
    this.bytes.fill(0, this.length, this.length + count);
    this.length += count;
  }

  /** A range as it is, without a length before it. */
  raw(source: Uint8Array, start: number, end: number): void {
    const count = end - start;
    this.reserve(count);
    const { bytes } = this;
    if (count > LOOP_BYTES_MAX) bytes.set(source.subarray(start, end), this.length);
    else for (let from = start, to = this.length; from < end;) bytes[to++] = source[from++]!;
    this.length += count;
  }

  append(other: ByteBuffer): void {
    this.raw(other.bytes, 0, other.length);
  }

  /** A range behind its length. */
  blob(source: Uint8Array, start: number, end: number): void {
    this.varuint(end - start);
    this.raw(source, start, end);
  }

  /** A range behind its length; a DecodeError when it is not UTF-8. */
  utf8(source: Uint8Array, start: number, end: number): void {
    this.varuint(end - start);
    const from = this.length;
    this.raw(source, start, end);
    const { bytes } = this;
    if (end - start > LOOP_BYTES_MAX) {
      if (!isUtf8(bytes.subarray(from, this.length))) throw invalidUtf8(start);
      return;
    }
    let seen = 0;
    for (let index = from; index < this.length; index++) seen |= bytes[index]!;
    if (seen > 0x7f && !isUtf8(bytes.subarray(from, this.length))) throw invalidUtf8(start);
  }

  /** A string behind its length. */
  text(value: string): void {
    const { length } = value;
    this.reserve(length * 3 + 5);
    const { bytes } = this;
    if (length <= LOOP_BYTES_MAX) {
      let to = this.length + 1;
      let index = 0;
      for (; index < length; index++) {
        const code = value.charCodeAt(index);
        if (code > 0x7f) break;
        bytes[to++] = code;
      }
      if (index === length) {
        bytes[this.length] = length;
        this.length = to;
        return;
      }
    }
    this.varuint(Buffer.byteLength(value));
    this.length += bytes.write(value, this.length);
  }

  /** A string without its length. */
  chars(value: string): void {
    this.reserve(value.length * 3);
    this.length += this.bytes.write(value, this.length);
  }

  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.#grow(count);
  }

  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  #grow(count: number): void {
    const needed = this.length + count;
    if (needed > BYTES_MAX) throw new DecodeError('The request holds more than one request may: split it', 'too_large');
    const bytes = Buffer.allocUnsafeSlow(Math.min(BYTES_MAX, Math.max(needed, this.bytes.length * 2)));
    bytes.set(this.bytes.subarray(0, this.length));
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

function invalidUtf8(offset: number): DecodeError {
  return new DecodeError(`The string at byte ${offset} is not valid UTF-8`);
}
