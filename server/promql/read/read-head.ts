import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { listedSince } from './time-bounds.ts';

/** As long as Prometheus keeps samples in memory. */
const HEAD_MS = 2 * 3_600_000;
const MAX_SECONDS = 30;

const HeadStats = z.object({
  numSeries: z.number(),
  numLabelPairs: z.number(),
  chunkCount: z.number(),
  minTime: z.number(),
  maxTime: z.number(),
});
const HeadCount = z.object({ name: z.string(), value: z.number() });
export type HeadCount = z.infer<typeof HeadCount>;

export interface Head {
  stats: z.infer<typeof HeadStats>;
  byMetric: HeadCount[];
  valuesByLabel: HeadCount[];
  bytesByLabel: HeadCount[];
  byPair: HeadCount[];
}

/** A row for each label of each living series, its name among them. */
const PAIRS = `
  SELECT pair.1 AS label, pair.2 AS text
  FROM (
    SELECT arrayJoin(arrayPushFront(arrayZip(mapKeys(any_labels), mapValues(any_labels)), ('__name__', any_name))) AS pair
    FROM (
      SELECT any(CAST(labels, 'Map(String, String)')) AS any_labels, toString(any(metric_name)) AS any_name
      FROM series WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC')
      GROUP BY series_id
    )
  )`;

/** What the series of the last two hours are, and which names and labels make the most of them. */
export async function readHead(store: Store, nowMs: number, limit: number, signal: AbortSignal): Promise<Head> {
  const params = { seen: listedSince(nowMs - HEAD_MS), from: nowMs - HEAD_MS, limit };
  const count = (name: string, sql: string) =>
    store.query({
      name: `promql-head-${name}`,
      sql: `${sql} ORDER BY value DESC, name LIMIT {limit:UInt32}`,
      params,
      row: HeadCount,
      maxSeconds: MAX_SECONDS,
      signal,
    });
  const [[stats], byMetric, valuesByLabel, bytesByLabel, byPair] = await Promise.all([
    store.query({
      name: 'promql-head-stats',
      sql: `
        SELECT
          (SELECT uniqExact(series_id) FROM series WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC')) AS numSeries,
          (SELECT uniqExact(label, text) FROM (${PAIRS})) AS numLabelPairs,
          (SELECT count() FROM system.parts WHERE active AND database = currentDatabase() AND table = 'samples') AS chunkCount,
          toUnixTimestamp64Milli(min(timestamp)) AS minTime, toUnixTimestamp64Milli(max(timestamp)) AS maxTime
        FROM samples
        WHERE timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')`,
      params,
      row: HeadStats,
      maxSeconds: MAX_SECONDS,
      signal,
    }),
    count('metrics', `SELECT text AS name, count() AS value FROM (${PAIRS}) WHERE label = '__name__' GROUP BY name`),
    count('labels', `SELECT label AS name, uniqExact(text) AS value FROM (${PAIRS}) GROUP BY name`),
    count(
      'bytes',
      `SELECT label AS name, sum(length(text)) AS value FROM (SELECT DISTINCT label, text FROM (${PAIRS})) GROUP BY name`,
    ),
    count('pairs', `SELECT concat(label, '=', text) AS name, count() AS value FROM (${PAIRS}) GROUP BY name`),
  ]);
  return { stats: stats!, byMetric, valuesByLabel, bytesByLabel, byPair };
}
