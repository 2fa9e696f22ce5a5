/** The samples of one series as the store sent them: pieces of its columns, in no promised order of time. */
export interface SampleRun {
  id: bigint;
  /** Milliseconds since the begin of the window. */
  offsets: Uint32Array | Float64Array;
  values: Float64Array;
}

const COLUMNS = 3;

/**
 * Blocks of ClickHouse's Native format with the columns UInt64 (series), Array (time) and Array(Float64) (value). All arrays
 * of a column lie behind each other, so the numbers are not read one by one: pieces of the column are the samples.
 */
export function readSampleRuns(bytes: Uint8Array): SampleRun[] {
  const runs: SampleRun[] = [];
  const reader = new Reader(bytes);
  while (!reader.atEnd) {
    const columns = reader.varuint();
    const rows = reader.varuint();
    if (columns !== COLUMNS) throw new Error(`expected ${COLUMNS} columns of samples, got ${columns}`);
    reader.header(['UInt64']);
    const ids = new BigUint64Array(reader.take(rows * 8));
    const timeType = reader.header(['Array(UInt32)', 'Array(Float64)']);
    const ends = reader.ends(rows);
    const total = ends.at(-1) ?? 0;
    const times =
      timeType === 'Array(UInt32)' ? new Uint32Array(reader.take(total * 4)) : new Float64Array(reader.take(total * 8));
    reader.header(['Array(Float64)']);
    reader.ends(rows);
    const values = new Float64Array(reader.take(total * 8));
    ends.forEach((end, row) => {
      const start = ends[row - 1] ?? 0;
      runs.push({ id: ids[row]!, offsets: times.subarray(start, end), values: values.subarray(start, end) });
    });
  }
  return runs;
}

class Reader {
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
