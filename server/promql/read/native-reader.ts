/** Walks through blocks of ClickHouse's Native format, a column after the other. */
export class NativeReader {
  readonly #bytes: Uint8Array;
  #place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#place >= this.#bytes.length;
  }

  varuint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#place++]!;
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
    const start = this.#place;
    this.#place += length;
    return new Uint8Array(this.#bytes.subarray(start, this.#place)).buffer;
  }

  #text(): string {
    const length = this.varuint();
    const start = this.#place;
    this.#place += length;
    return Buffer.from(this.#bytes.subarray(start, this.#place)).toString();
  }
}
