import type { SeriesId } from './metric-rows.ts';
import type { RowSink } from './row-sink.ts';

/** As the store numbers them: what a sender says about resets of a counter. */
export const RESET_HINTS = { unknown: 0, reset: 1, steady: 2, gauge: 3 } as const;

/** Buckets side by side from one index on, those that are empty among them. */
export interface BucketRun {
  offset: number;
  counts: readonly number[];
}

/** One value of a native histogram, as it is kept: docs of the fields are in server/store/schema/080_histograms.sql. */
export interface HistogramSample {
  schema: number;
  resetHint: number;
  zeroThreshold: number;
  zeroCount: number;
  count: number;
  sum: number;
  positive: BucketRun;
  negative: BucketRun;
  bounds: readonly number[];
}

/** In the order of TABLE_COLUMNS.histograms. */
export function writeHistogramSample(
  rows: RowSink,
  series: SeriesId,
  timestampMs: number,
  sample: HistogramSample,
): void {
  rows.text(series.name);
  rows.u64(series.idLo, series.idHi);
  rows.i64(timestampMs);
  rows.u8(sample.resetHint);
  rows.u8(sample.schema & 0xff);
  rows.f64(sample.zeroThreshold);
  rows.f64(sample.zeroCount);
  rows.f64(sample.count);
  rows.f64(sample.sum);
  const isWhole = [...sample.positive.counts, ...sample.negative.counts].every(
    (count) => Number.isSafeInteger(count) && count >= 0,
  );
  writeBuckets(rows, sample.positive, isWhole);
  writeBuckets(rows, sample.negative, isWhole);
  writeFloats(rows, sample.bounds);
  rows.endRow();
}

/** Fewer empty buckets than this cost less than the span that leaves them out. */
const GAP_MIN = 3;

function writeBuckets(rows: RowSink, run: BucketRun, isWhole: boolean): void {
  const spans = spansOf(run);
  rows.varuint(spans.length);
  let end = 0;
  for (const { from, until } of spans) {
    rows.u32((run.offset + from - end) >>> 0);
    end = run.offset + until;
  }
  rows.varuint(spans.length);
  for (const { from, until } of spans) rows.u32(until - from);
  const counts = spans.flatMap(({ from, until }) => run.counts.slice(from, until));
  rows.varuint(isWhole ? counts.length : 0);
  if (isWhole) for (const count of counts) rows.i64(count);
  writeFloats(rows, isWhole ? [] : counts);
}

function writeFloats(rows: RowSink, floats: readonly number[]): void {
  rows.varuint(floats.length);
  for (const float of floats) rows.f64(float);
}

function spansOf({ counts }: BucketRun): { from: number; until: number }[] {
  const spans: { from: number; until: number }[] = [];
  for (let at = 0; at < counts.length; at++) {
    if (counts[at] === 0) continue;
    const last = spans.at(-1);
    if (last && at - last.until < GAP_MIN) last.until = at + 1;
    else spans.push({ from: at, until: at + 1 });
  }
  return spans;
}
