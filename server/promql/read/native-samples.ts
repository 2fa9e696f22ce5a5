import { NativeReader } from './native-reader.ts';

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
export function readSampleRuns(pieces: Iterable<Uint8Array>): SampleRun[] {
  const runs: SampleRun[] = [];
  const reader = new NativeReader(pieces);
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
