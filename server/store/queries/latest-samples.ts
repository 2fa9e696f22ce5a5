import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const LatestSample = z.object({ labels: z.record(z.string(), z.string()), value: z.number().nullable() });
export type LatestSample = z.infer<typeof LatestSample>;

/** Prometheus's lookback: the value of a series is its newest sample of the last five minutes. */
const LOOKBACK_S = 300;
const SERIES_MAX = 10_000;

/** The value that each series of `metric` had at `atMs`. */
export function readLatestSamples(store: Store, metric: string, atMs: number): Promise<LatestSample[]> {
  return store.query({
    name: 'latest-samples',
    sql: `
      WITH fromUnixTimestamp64Milli({at:Int64}) AS at_time,
        latest AS (
          SELECT series_id, argMax(value, timestamp) AS last_value
          FROM samples
          WHERE metric_name = {metric:String}
            AND timestamp > at_time - INTERVAL {lookback:UInt32} SECOND AND timestamp <= at_time
          GROUP BY series_id
        )
      SELECT known.labels AS labels, last_value AS value
      FROM latest
      INNER JOIN (
        SELECT series_id, any(labels) AS labels
        FROM series
        WHERE metric_name = {metric:String} AND series_id IN (SELECT series_id FROM latest)
        GROUP BY series_id
      ) AS known USING (series_id)
      ORDER BY series_id
      LIMIT {limit:UInt32}`,
    params: { at: atMs, metric, lookback: LOOKBACK_S, limit: SERIES_MAX },
    row: LatestSample,
  });
}
