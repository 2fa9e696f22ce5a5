import type { RowChunk } from '../row-sink.ts';
import { readRows, type Row } from './read-rows.ts';

/** A row of histograms with its spans resolved: populated buckets by their index. */
export interface ReadHistogram {
  name: string;
  timestampMs: number;
  resetHint: number;
  schema: number;
  zeroThreshold: number;
  zeroCount: number;
  count: number;
  sum: number;
  positive: [index: number, count: number][];
  negative: [index: number, count: number][];
  bounds: number[];
}

export function readHistograms(histograms: readonly RowChunk[]): ReadHistogram[] {
  return readRows('histograms', histograms).map(toReadHistogram);
}

export function toReadHistogram(row: Row): ReadHistogram {
  return {
    name: row['metric_name'] as string,
    timestampMs: Number(row['timestamp']),
    resetHint: row['reset_hint'] as number,
    schema: row['schema'] as number,
    zeroThreshold: row['zero_threshold'] as number,
    zeroCount: row['zero_count'] as number,
    count: row['count'] as number,
    sum: row['sum'] as number,
    positive: bucketsOf(row, 'positive'),
    negative: bucketsOf(row, 'negative'),
    bounds: row['bounds'] as number[],
  };
}

function bucketsOf(row: Row, sign: string): [number, number][] {
  const counts = [...(row[`${sign}_counts`] as bigint[]).map(Number), ...(row[`${sign}_float_counts`] as number[])];
  const lengths = row[`${sign}_lengths`] as number[];
  const buckets: [number, number][] = [];
  let index = 0;
  for (const [span, offset] of (row[`${sign}_offsets`] as number[]).entries()) {
    index += offset;
    for (let left = lengths[span]!; left > 0; left--) buckets.push([index++, counts.shift() ?? NaN]);
  }
  if (counts.length > 0) throw new Error('more counts than buckets');
  return buckets.filter(([, count]) => count !== 0);
}
