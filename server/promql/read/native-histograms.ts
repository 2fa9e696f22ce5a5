import { bucketsOf, CUSTOM_SCHEMA, type Buckets, type Histogram, type ResetHint } from '../histogram/histogram.ts';
import { NativeReader } from './native-reader.ts';

/** The histograms of one series, in no promised order of time. */
export interface HistogramRun {
  id: bigint;
  times: Float64Array;
  values: Histogram[];
}

/**
 * Blocks of ClickHouse's Native format with the columns UInt64 (series), Array(Float64) (time in milliseconds) and
 * Array(Array(Float64)) (a histogram: schema, hint, zero threshold and count, count, sum, both sides, bounds).
 */
export function readHistogramRuns(pieces: Iterable<Uint8Array>): HistogramRun[] {
  const runs: HistogramRun[] = [];
  const reader = new NativeReader(pieces);
  while (!reader.atEnd) {
    const columns = reader.varuint();
    const rows = reader.varuint();
    if (columns !== 3) throw new Error(`expected 3 columns of histograms, got ${columns}`);
    reader.header(['UInt64']);
    const ids = new BigUint64Array(reader.take(rows * 8));
    reader.header(['Array(Float64)']);
    const ends = reader.ends(rows);
    const total = ends.at(-1) ?? 0;
    const times = new Float64Array(reader.take(total * 8));
    reader.header(['Array(Array(Float64))']);
    reader.ends(rows);
    const bodyEnds = reader.ends(total);
    const numbers = new Float64Array(reader.take((bodyEnds.at(-1) ?? 0) * 8));
    const values = bodyEnds.map((end, place) => readHistogram(numbers.subarray(bodyEnds[place - 1] ?? 0, end)));
    ends.forEach((end, row) => {
      const start = ends[row - 1] ?? 0;
      runs.push({ id: ids[row]!, times: times.subarray(start, end), values: values.slice(start, end) });
    });
  }
  return runs;
}

/**
 * What a sender says of a reset counts, that there is none does not: that is about the sample before, which need not have come.
 */
const HINTS: readonly ResetHint[] = ['unknown', 'reset', 'unknown', 'gauge'];
const HEAD = 6;

function readHistogram(numbers: Float64Array): Histogram {
  const [schema, hint, zeroThreshold, zeroCount, count, sum] = numbers as unknown as number[];
  const positive = readBuckets(numbers, HEAD);
  const negative = readBuckets(numbers, positive.end);
  return {
    schema: schema!,
    hint: HINTS[hint!] ?? 'unknown',
    zeroThreshold: zeroThreshold!,
    zeroCount: zeroCount!,
    count: count!,
    sum: sum!,
    positive: positive.buckets,
    negative: negative.buckets,
    bounds: schema === CUSTOM_SCHEMA ? numbers.slice(negative.end) : undefined,
  };
}

/** Spans: their number, their offsets, their lengths; then a count for each bucket of them. */
function readBuckets(numbers: Float64Array, start: number): { buckets: Buckets; end: number } {
  const spans = numbers[start]!;
  const offsets = numbers.subarray(start + 1, start + 1 + spans);
  const lengths = numbers.subarray(start + 1 + spans, start + 1 + 2 * spans);
  let at = start + 1 + 2 * spans;
  let index = 0;
  const counts: [number, number][] = [];
  for (let span = 0; span < spans; span++) {
    index += offsets[span]!;
    for (let left = lengths[span]!; left > 0; left--) counts.push([index++, numbers[at++]!]);
  }
  return { buckets: bucketsOf(counts), end: at };
}
