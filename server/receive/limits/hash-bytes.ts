/** A running 64-bit hash of bytes, good enough to tell series apart and quick enough for each of their samples. */
export class BytesHash {
  lo = 0;
  hi = 0;

  reset(): void {
    this.lo = 0x811c9dc5;
    this.hi = 0x9e3779b9;
  }

  from(other: BytesHash): void {
    this.lo = other.lo;
    this.hi = other.hi;
  }

  /** Adds a range; its length counts, so that two ranges are not the same as one. */
  add(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    this.number(end - start);
    for (; at + 4 <= end; at += 4) {
      this.number(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    }
    for (; at < end; at++) this.number(bytes[at]!);
  }

  number(value: number): void {
    this.lo = Math.imul(this.lo ^ value, 0x85ebca6b);
    this.lo ^= this.lo >>> 15;
    this.hi = Math.imul(this.hi ^ value, 0xc2b2ae35);
    this.hi ^= this.hi >>> 13;
  }

  /** Call once, behind the last range: the halves as unsigned numbers. */
  end(): void {
    this.lo = Math.imul(this.lo ^ (this.lo >>> 16), 0x27d4eb2f) >>> 0;
    this.hi = Math.imul(this.hi ^ (this.hi >>> 16), 0x165667b1) >>> 0;
  }
}
