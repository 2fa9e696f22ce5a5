import type { DataPoint } from './data-point.ts';
import { DeltaTotal } from './delta-total.ts';
import { NativeTotal } from './native-total.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import { toHistogramSample } from '#server/promql/histogram/to-sample.ts';
import { fromExponential } from './exponential-histogram.ts';
import { explicitBuckets, type Bucket } from './histogram-buckets.ts';
import { toLabels } from './metric-naming.ts';
import type { MetricOrigin } from './metric-origin.ts';
import type { MetricHead } from './metric-reader.ts';
import type { Rejections } from './rejections.ts';
import type { StreamBook } from './stream-book.ts';
import type { Stream } from './stream.ts';
import type { StreamWriter } from './stream-writer.ts';
import { writeBucketExemplar, writeHistogram, type HistogramState } from './write-histogram.ts';
import { toMs } from './time-window.ts';

/** Writes the samples of a point, of deltas those of their total; returns why the point was refused instead, if it was. */
export function writePoint(
  head: MetricHead,
  point: DataPoint,
  origin: Pick<MetricOrigin, 'id' | 'labels'>,
  book: StreamBook,
  writer: StreamWriter,
  ignored: Rejections,
): string | undefined {
  const buckets = point.shape === 'histogram' ? explicitBuckets(point.bounds, point.counts) : [];
  if (typeof buckets === 'string') return buckets;
  const native =
    point.shape === 'exponential' ? fromExponential(point.exponential, point.count, point.value ?? 0) : undefined;
  if (typeof native === 'string') return native;
  if (head.kind !== 'histogram' && head.kind !== 'summary' && point.value === undefined && !point.isStale) {
    return 'a data point needs a value';
  }
  const stream = book.stream(streamKey(head, point, origin.id), writer.nowMs);
  writer.stream = stream;
  writer.family = () => head.family;
  writer.labels = () => [...new Map([...toLabels(point.attributes.toRecord()), ...origin.labels])];
  writer.timestampMs = toMs(point.timeLo, point.timeHi);
  writer.isStale = point.isStale;
  if (native) {
    writeNative(head, point, native, book, writer, ignored);
    return undefined;
  }
  let state: HistogramState = { value: point.value, count: point.count, buckets };
  if (head.isDelta && !point.isStale) state = accumulate(stream, point, buckets, book, writer, ignored);
  if (head.kind === 'histogram') writeHistogram(head.name, state, writer);
  else if (head.kind === 'summary') writeSummary(head.name, point, writer);
  else writer.value('', head.name, state.value ?? 0);
  for (const exemplar of point.exemplars) {
    if (head.kind === 'histogram') writeBucketExemplar(head.name, state.buckets, exemplar, writer);
    else if (head.kind !== 'summary') writer.exemplar('', head.name, exemplar);
  }
  return undefined;
}

function writeNative(
  head: MetricHead,
  point: DataPoint,
  given: Histogram,
  book: StreamBook,
  writer: StreamWriter,
  ignored: Rejections,
): void {
  let histogram = given;
  const { stream } = writer;
  if (head.isDelta && !point.isStale) {
    const before = stream.nativeTotal?.heapBytes ?? 0;
    const total = (stream.nativeTotal ??= new NativeTotal());
    if (!total.add(endNs(point), writer.timestampMs, given)) ignored.add(SENT_AGAIN);
    book.grow(stream, total.heapBytes - before);
    // Where the total stands, which is elsewhere for a delta that was sent again.
    writer.timestampMs = total.timeMs;
    histogram = total.histogram;
  }
  if (point.isStale) writer.end(head.name);
  else writer.histogram(head.name, toHistogramSample(histogram));
  for (const exemplar of point.exemplars) writer.exemplar('', head.name, exemplar);
}

const SENT_AGAIN = 'deltas that end no later than one before them (they count as sent again)';

function endNs({ timeHi, timeLo }: DataPoint): number {
  return timeHi * 2 ** 32 + timeLo;
}

/**
 * Cumulative streams go by their attributes as they came, which SDKs keep in order; written in another order they would merely
 * be worked out twice. For deltas that would be two totals of one series, so theirs are put in order.
 */
function streamKey(head: MetricHead, { attributes }: DataPoint, originId: string): string {
  const pairs = head.isDelta
    ? JSON.stringify(Object.entries(attributes.toRecord()).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : attributes.pairs.bytes.toString('latin1', 0, attributes.pairs.length);
  return `${originId}${head.kind[0]}${head.isDelta ? 'd' : 'c'}${head.name}\0${pairs}`;
}

function accumulate(
  stream: Stream,
  point: DataPoint,
  buckets: Bucket[],
  book: StreamBook,
  writer: StreamWriter,
  ignored: Rejections,
): HistogramState {
  const before = stream.total?.heapBytes ?? 0;
  const total = (stream.total ??= new DeltaTotal());
  if (!total.add(endNs(point), writer.timestampMs, point.value ?? 0, point.count, buckets)) ignored.add(SENT_AGAIN);
  book.grow(stream, total.heapBytes - before);
  // Where the total stands, which is elsewhere for a delta that was sent again.
  writer.timestampMs = total.timeMs;
  return { value: total.value, count: total.count, buckets: total.buckets() };
}

function writeSummary(name: string, { quantiles, count, value }: DataPoint, writer: StreamWriter): void {
  for (const { quantile, value: at } of quantiles)
    writer.value(String(quantile), name, at, ['quantile', String(quantile)]);
  writer.value('_count', `${name}_count`, count);
  writer.value('_sum', `${name}_sum`, value ?? 0);
}
