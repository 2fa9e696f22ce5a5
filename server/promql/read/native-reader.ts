/**
 * Walks through blocks of ClickHouse's Native format, a column after the other. Takes the pieces in which they came, and lets go
 * of each as soon as it is behind: an answer of millions of numbers would else be in memory twice.
 */
export class NativeReader {
  readonly #pieces: Uint8Array[];
  #piece: Uint8Array;
  #place = 0;

  constructor(pieces: Iterable<Uint8Array>) {
    this.#pieces = [...pieces].filter(({ length }) => length > 0).toReversed();
    this.#piece = this.#pieces.pop() ?? new Uint8Array(0);
  }

  get atEnd(): boolean {
    return this.#place >= this.#piece.length && this.#pieces.length === 0;
  }

  varuint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** Name and type of a column; answers the type. */
  header(types: string[]): string {
    this.#text();
    const type = this.#text();
    if (types.includes(type)) return type;
    throw new Error(`expected a column of ${types.join(' or ')}, got ${type}`);
  }

  /** Where each row's array ends. */
  ends(rows: number): number[] {
    return Array.from(new BigUint64Array(this.take(rows * 8)), Number);
  }

  /** Copied to where arrays of numbers may begin. */
  take(length: number): ArrayBuffer {
    // Not a new Uint8Array: zeros that are overwritten at once are a tenth of the time.
    const taken = Buffer.allocUnsafeSlow(length);
    for (let at = 0; at < length;) {
      if (this.#place >= this.#piece.length) this.#next();
      const part = this.#piece.subarray(this.#place, this.#place + length - at);
      taken.set(part, at);
      this.#place += part.length;
      at += part.length;
    }
    return taken.buffer;
  }

  #byte(): number {
    if (this.#place >= this.#piece.length) this.#next();
    return this.#piece[this.#place++]!;
  }

  #next(): void {
    const next = this.#pieces.pop();
    if (!next) throw new Error('the answer of the store ended within a column');
    this.#piece = next;
    this.#place = 0;
  }

  #text(): string {
    return Buffer.from(this.take(this.varuint())).toString();
  }
}
