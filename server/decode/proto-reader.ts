import { DecodeError } from './decode-error.ts';

/** As in Google's own parsers. */
const DEPTH_MAX = 100;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A cursor over protobuf bytes that allocates nothing: 64-bit values come in `lo` and `hi`, ranges in `start` and `end`.
 * Every read is checked against the message it is in.
 */
export class ProtoReader {
  readonly bytes: Uint8Array;
  pos = 0;
  limit: number;
  lo = 0;
  hi = 0;
  start = 0;
  end = 0;
  #depth = 0;
  #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.limit = bytes.length;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get more(): boolean {
    return this.pos < this.limit;
  }

  /** Field number and wire type as they are on the wire: `field << 3 | type`. */
  tag(): number {
    const tag = this.#varint32();
    if (tag >>> 3 === 0) throw this.#broken('field number 0');
    return tag;
  }

  /** The low 32 bits, which is all of an enum, a bool or a count. */
  varint(): number {
    this.varint64();
    return this.lo;
  }

  varint64(): void {
    let lo = 0;
    let hi = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.pos >= this.limit) throw this.#broken('a number is cut off');
      const byte = this.bytes[this.pos++]!;
      const bits = byte & 0x7f;
      if (shift < 28) lo |= bits << shift;
      else if (shift === 28) {
        lo |= bits << 28;
        hi = bits >>> 4;
      } else if (shift < 64) hi |= bits << (shift - 32);
      if (byte < 0x80) {
        this.lo = lo >>> 0;
        this.hi = hi >>> 0;
        return;
      }
    }
    throw this.#broken('a number has more than 10 bytes');
  }

  fixed64(): void {
    const at = this.#take(8);
    this.lo = this.#view.getUint32(at, true);
    this.hi = this.#view.getUint32(at + 4, true);
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** The range of a string, bytes or message field; the cursor goes behind it. */
  range(): void {
    const length = this.#varint32();
    this.start = this.#take(length);
    this.end = this.pos;
  }

  /** A string field; a DecodeError when it is not UTF-8. */
  text(): string {
    this.range();
    try {
      return strictUtf8.decode(this.bytes.subarray(this.start, this.end));
    } catch {
      throw new DecodeError(`The string at byte ${this.start} is not valid UTF-8`);
    }
  }

  /** Goes into the message that follows; give what it returns to `leave`. */
  enter(): number {
    const length = this.#varint32();
    const at = this.#take(length);
    return this.within(at, at + length);
  }

  /** Goes into a range read before; give what it returns to `leave`. */
  within(start: number, end: number): number {
    if (++this.#depth > DEPTH_MAX) throw this.#broken(`nested deeper than ${DEPTH_MAX}`);
    const outer = this.limit;
    this.pos = start;
    this.limit = end;
    return outer;
  }

  leave(outer: number): void {
    this.#depth--;
    this.limit = outer;
  }

  /** Goes through the rest of this message: into each field with the wanted tag, past all others. */
  each(wanted: number, read: (reader: ProtoReader) => void): void {
    while (this.more) {
      const tag = this.tag();
      if (tag !== wanted) {
        this.skip(tag);
        continue;
      }
      const outer = this.enter();
      read(this);
      this.leave(outer);
    }
  }

  skip(tag: number): void {
    const type = tag & 7;
    if (type === 0) this.varint64();
    else if (type === 1) this.#take(8);
    else if (type === 2) this.range();
    else if (type === 5) this.#take(4);
    else if (type === 3) this.#skipGroup(tag >>> 3);
    else throw this.#broken(`wire type ${type}`);
  }

  #skipGroup(field: number): void {
    if (++this.#depth > DEPTH_MAX) throw this.#broken(`nested deeper than ${DEPTH_MAX}`);
    for (;;) {
      const tag = this.tag();
      if ((tag & 7) === 4) {
        if (tag >>> 3 !== field) throw this.#broken('a group ends that did not begin');
        this.#depth--;
        return;
      }
      this.skip(tag);
    }
  }

  #varint32(): number {
    const first = this.bytes[this.pos];
    if (first !== undefined && first < 0x80 && this.pos < this.limit) {
      this.pos++;
      return first;
    }
    this.varint64();
    if (this.hi !== 0) throw this.#broken('a length or tag over 32 bits');
    return this.lo;
  }

  #take(count: number): number {
    const at = this.pos;
    if (count > this.limit - at) throw this.#broken(`a field of ${count} bytes in ${this.limit - at}`);
    this.pos = at + count;
    return at;
  }

  #broken(what: string): DecodeError {
    return new DecodeError(`Broken protobuf at byte ${this.pos}: ${what}`);
  }
}
