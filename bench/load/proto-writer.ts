/** Writes protobuf into one growing buffer; the load generator must cost less than what it measures. */
export class ProtoWriter {
  bytes = Buffer.alloc(64 * 1024);
  length = 0;

  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.bytes[this.length++] = (rest % 128) | 0x80;
    this.bytes[this.length++] = rest;
  }

  fixed64(tag: number, value = 0n): void {
    this.#reserve(9);
    this.bytes[this.length++] = tag;
    this.bytes.writeBigUInt64LE(value, this.length);
    this.length += 8;
  }

  double(tag: number, value: number): void {
    this.#reserve(9);
    this.bytes[this.length++] = tag;
    this.bytes.writeDoubleLE(value, this.length);
    this.length += 8;
  }

  number(tag: number, value: number): void {
    this.varint(tag);
    this.varint(value);
  }

  text(tag: number, value: string): void {
    const size = Buffer.byteLength(value);
    this.varint(tag);
    this.varint(size);
    this.#reserve(size);
    this.length += this.bytes.write(value, this.length);
  }

  /** A bytes field that is filled in later; returns where it is. */
  hole(tag: number, size: number): number {
    this.varint(tag);
    this.varint(size);
    this.#reserve(size);
    this.length += size;
    return this.length - size;
  }

  /** A nested message. Offsets that `write` notes stay right: the length takes four bytes whatever it is, as protobuf allows. */
  message(tag: number, write: () => void): void {
    this.varint(tag);
    const at = this.length;
    this.#reserve(4);
    this.length += 4;
    write();
    const size = this.length - at - 4;
    for (let byte = 0; byte < 4; byte++) this.bytes[at + byte] = ((size >>> (7 * byte)) & 0x7f) | (byte < 3 ? 0x80 : 0);
  }

  /** KeyValue of OTLP with a string or a whole number. */
  attribute(tag: number, key: string, value: string | number): void {
    this.message(tag, () => {
      this.text(0x0a, key);
      this.message(0x12, () => (typeof value === 'string' ? this.text(0x0a, value) : this.number(0x18, value)));
    });
  }

  /** A copy of what was written. */
  take(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  #reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = Buffer.alloc(Math.max(this.bytes.length * 2, this.length + count));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
