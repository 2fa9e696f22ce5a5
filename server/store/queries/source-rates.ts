import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const SourceRate = z.object({ service: z.string(), rows: z.number(), newestMs: z.number() });
export type SourceRate = z.infer<typeof SourceRate>;
const SampleRate = SourceRate.extend({ series: z.number() });
export type SampleRate = z.infer<typeof SampleRate>;

const SERVICES_MAX = 5_000;
const SECONDS_MAX = 10;

/** Rows of the window by service, and when the newest of them was made. */
export function readSourceRates(store: Store, table: 'spans' | 'logs', window: SourceWindow): Promise<SourceRate[]> {
  return store.query({
    name: `source-${table}`,
    sql: `
      SELECT service_name AS service, count() AS rows, toUnixTimestamp64Milli(max(timestamp)) AS newestMs
      FROM ${table}
      WHERE timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp < fromUnixTimestamp64Milli({to:Int64})
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: paramsOf(window),
    maxSeconds: SECONDS_MAX,
    row: SourceRate,
  });
}

/** The same for samples; who sent them is their label `job`, and the series are those that had a sample. */
export function readSampleRates(store: Store, window: SourceWindow): Promise<SampleRate[]> {
  return store.query({
    name: 'source-samples',
    sql: `
      WITH active AS (
        SELECT series_id, count() AS sample_count, max(timestamp) AS newest
        FROM samples
        WHERE timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp < fromUnixTimestamp64Milli({to:Int64})
        GROUP BY series_id
      )
      SELECT job AS service, sum(sample_count) AS rows, count() AS series, toUnixTimestamp64Milli(max(newest)) AS newestMs
      FROM active
      INNER JOIN (
        SELECT series_id, any(labels['job']) AS job
        FROM series
        WHERE series_id IN (SELECT series_id FROM active)
        GROUP BY series_id
      ) AS known USING (series_id)
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: paramsOf(window),
    maxSeconds: SECONDS_MAX,
    row: SampleRate,
  });
}

/** When each service was last heard of by spans since `fromMs`, to the minute. */
export function readLastHeard(store: Store, fromMs: number): Promise<Omit<SourceRate, 'rows'>[]> {
  return store.query({
    name: 'source-last-heard',
    sql: `
      SELECT service_name AS service, toInt64(toUnixTimestamp(max(minute))) * 1000 AS newestMs
      FROM red_1m
      WHERE minute >= toDateTime({from:Int64})
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { from: Math.floor(fromMs / 1_000), limit: SERVICES_MAX },
    maxSeconds: SECONDS_MAX,
    row: SourceRate.omit({ rows: true }),
  });
}

export interface SourceWindow {
  fromMs: number;
  toMs: number;
}

function paramsOf({ fromMs, toMs }: SourceWindow) {
  return { from: fromMs, to: toMs, limit: SERVICES_MAX };
}
