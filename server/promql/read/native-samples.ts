/** The samples of one series, as a piece of the columns that the store sent. */
export interface SampleRun {
  id: bigint;
  timestamps: Float64Array;
  values: Float64Array;
}

const COLUMNS = 3;

/**
 * Blocks of ClickHouse's Native format with the columns UInt64 (series), Float64 (milliseconds), Float64 (value), in the
 * order of series and time. The numbers are not read one by one: the columns are the arrays.
 */
export function readSampleRuns(bytes: Uint8Array): SampleRun[] {
  const runs: SampleRun[] = [];
  const reader = new Reader(bytes);
  while (!reader.atEnd) {
    const columns = reader.varuint();
    const rows = reader.varuint();
    if (columns !== COLUMNS) throw new Error(`expected ${COLUMNS} columns of samples, got ${columns}`);
    const ids = reader.column('UInt64', rows);
    const timestamps = new Float64Array(reader.column('Float64', rows));
    const values = new Float64Array(reader.column('Float64', rows));
    splitRuns(ids, timestamps, values, runs);
  }
  return runs;
}

function splitRuns(ids: ArrayBuffer, timestamps: Float64Array, values: Float64Array, runs: SampleRun[]): void {
  const whole = new BigUint64Array(ids);
  // Halves are compared, because reading a bigint makes an object.
  const halves = new Uint32Array(ids);
  const rows = values.length;
  for (let start = 0, end: number; start < rows; start = end) {
    end = start + 1;
    while (end < rows && halves[2 * end] === halves[2 * start] && halves[2 * end + 1] === halves[2 * start + 1]) end++;
    const piece = { timestamps: timestamps.subarray(start, end), values: values.subarray(start, end) };
    const last = runs.at(-1);
    if (last && last.id === whole[start]) {
      last.timestamps = concat(last.timestamps, piece.timestamps);
      last.values = concat(last.values, piece.values);
    } else runs.push({ id: whole[start]!, ...piece });
  }
}

function concat(left: Float64Array, right: Float64Array): Float64Array {
  const both = new Float64Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
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

  /** Name, type and the numbers, copied to where arrays of 8 bytes may begin. */
  column(type: string, rows: number): ArrayBuffer {
    this.#text();
    const actual = this.#text();
    if (actual !== type) throw new Error(`expected a column of ${type}, got ${actual}`);
    const start = this.#place;
    this.#place += rows * 8;
    return new Uint8Array(this.#bytes.subarray(start, this.#place)).buffer;
  }

  #text(): string {
    const length = this.varuint();
    const start = this.#place;
    this.#place += length;
    return Buffer.from(this.#bytes.subarray(start, this.#place)).toString();
  }
}
