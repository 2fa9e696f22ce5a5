import type { Bucket } from './histogram-buckets.ts';
import type { Exemplar } from './metric-rows.ts';
import type { StreamWriter } from './stream-writer.ts';

export interface HistogramState {
  /** The sum. A histogram with negative observations may have none, because its sum is no counter. */
  value: number | undefined;
  count: number;
  buckets: readonly Bucket[];
}

/** Writes the samples of a histogram as those of a classic one. */
export function writeHistogram(name: string, { value, count, buckets }: HistogramState, writer: StreamWriter): void {
  let below = 0;
  for (const bucket of buckets) {
    below += bucket.count;
    const le = String(bucket.le);
    writer.value(le, `${name}_bucket`, below, ['le', le]);
  }
  writer.value('+Inf', `${name}_bucket`, count, ['le', '+Inf']);
  writer.value('_count', `${name}_count`, count);
  if (value !== undefined || writer.isStale) writer.value('_sum', `${name}_sum`, value ?? 0);
}

/** Keeps an exemplar with the bucket that its observation fell into. */
export function writeBucketExemplar(
  name: string,
  buckets: readonly Bucket[],
  exemplar: Exemplar,
  writer: StreamWriter,
): void {
  const bucket = buckets.find(({ le }) => exemplar.value <= le);
  const le = bucket ? String(bucket.le) : '+Inf';
  writer.exemplar(le, `${name}_bucket`, exemplar, ['le', le]);
}
