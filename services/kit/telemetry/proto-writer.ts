const FIRST_BYTES = 64 * 1024;
/** Shorter strings are copied here sooner than a call into Node has begun. */
const SHORT_CHARS = 48;
const TWO_TO_32 = 2 ** 32;

/** Writes protobuf from front to back into a buffer that grows. Lengths are put in front of messages when they are known. */
export class ProtoWriter {
  length = 0;
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);

  /** What was written, to be copied before more is. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  varint(field: number, value: number): void {
    this.#reserve(16);
    this.#tag(field, 0);
    if (value < 0) this.#negative(value);
    else this.#varint(value);
  }

  double(field: number, value: number): void {
    this.#reserve(12);
    this.#tag(field, 1);
    this.length = this.#bytes.writeDoubleLE(value, this.length);
  }

  fixed32(field: number, value: number): void {
    this.#reserve(8);
    this.#tag(field, 5);
    this.#word(value);
  }

  /** Nanoseconds since 1970, which are more than a number can hold. */
  nanoseconds(field: number, [seconds, nanos]: readonly [number, number]): void {
    this.#reserve(12);
    this.#tag(field, 1);
    const low16 = (seconds % 0x10000) * 1e9 + nanos;
    const high16 = Math.floor(seconds / 0x10000) * 1e9;
    const low = (low16 % TWO_TO_32) + (high16 % 0x10000) * 0x10000;
    this.#word(low % TWO_TO_32);
    this.#word(Math.floor(low16 / TWO_TO_32) + Math.floor(high16 / 0x10000) + Math.floor(low / TWO_TO_32));
  }

  string(field: number, text: string): void {
    const chars = text.length;
    this.#reserve(chars * 3 + 10);
    this.#tag(field, 2);
    if (chars < SHORT_CHARS && this.#ascii(text)) return;
    const bytes = Buffer.byteLength(text);
    this.#varint(bytes);
    this.length += this.#bytes.write(text, this.length, bytes === chars ? 'latin1' : 'utf8');
  }

  /** An id of hex digits, as bytes. */
  hex(field: number, digits: string): void {
    const bytes = digits.length >> 1;
    this.#reserve(bytes + 10);
    this.#tag(field, 2);
    this.#varint(bytes);
    for (let at = 0; at < bytes; at++) {
      const byte = (nibble(digits.charCodeAt(2 * at)) << 4) | nibble(digits.charCodeAt(2 * at + 1));
      this.#bytes[this.length++] = byte;
    }
  }

  raw(field: number, bytes: Uint8Array): void {
    this.#reserve(bytes.length + 10);
    this.#tag(field, 2);
    this.#varint(bytes.length);
    this.append(bytes);
  }

  /** What is protobuf already. */
  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Begins a message within this one; `end` wants what it answers. */
  begin(field: number): number {
    this.#reserve(8);
    this.#tag(field, 2);
    return ++this.length;
  }

  end(start: number): void {
    const bytes = this.length - start;
    if (bytes < 0x80) {
      this.#bytes[start - 1] = bytes;
      return;
    }
    // One byte was kept free for the length.
    const wanted = varintBytes(bytes);
    this.#reserve(wanted);
    this.#bytes.copyWithin(start - 1 + wanted, start, this.length);
    this.length = start - 1;
    this.#varint(bytes);
    this.length += bytes;
  }

  #tag(field: number, type: number): void {
    if (field < 16) this.#bytes[this.length++] = (field << 3) | type;
    else this.#varint((field << 3) | type);
  }

  #varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = rest < TWO_TO_32 ? rest >>> 7 : Math.floor(rest / 0x80))
      this.#bytes[this.length++] = (rest % 0x80) | 0x80;
    this.#bytes[this.length++] = rest;
  }

  /** Two's complement of 64 bits. */
  #negative(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest >= 0x80n; rest >>= 7n) this.#bytes[this.length++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.length++] = Number(rest);
  }

  #word(value: number): void {
    this.length = this.#bytes.writeUInt32LE(value, this.length);
  }

  /** Writes a short text with its length, unless there is more in it than ASCII. */
  #ascii(text: string): boolean {
    let at = this.length;
    this.#bytes[at++] = text.length;
    for (let index = 0; index < text.length; index++) {
      const char = text.charCodeAt(index);
      if (char > 0x7f) return false;
      this.#bytes[at++] = char;
    }
    this.length = at;
    return true;
  }

  #reserve(bytes: number): void {
    if (this.length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + bytes));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}

function nibble(char: number): number {
  return char < 58 ? char - 48 : (char | 32) - 87;
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest >>>= 7) bytes++;
  return bytes;
}
