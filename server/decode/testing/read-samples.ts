import type { RowChunk } from '../row-sink.ts';
import { readRows, type Row } from './read-rows.ts';

export interface ReadSample {
  name: string;
  labels: Record<string, string>;
  timestampMs: number;
  value: number;
}

/** Samples joined to their series, as a reader of the store would see them; a sample without a series is an error. */
export function readSamples(series: RowChunk[], samples: RowChunk[]): ReadSample[] {
  return joinSamples(readRows('series', series), readRows('samples', samples));
}

export function joinSamples(series: Row[], samples: Row[]): ReadSample[] {
  const byId = new Map(series.map((row) => [row['series_id'], row]));
  return samples.map((row) => {
    const known = byId.get(row['series_id']);
    if (!known || known['metric_name'] !== row['metric_name']) {
      throw new Error(`no series of a sample of ${String(row['metric_name'])}`);
    }
    return {
      name: row['metric_name'] as string,
      labels: Object.fromEntries(known['labels'] as [string, string][]),
      timestampMs: Number(row['timestamp']),
      value: row['value'] as number,
    };
  });
}
