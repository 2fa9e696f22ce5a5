import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import { Labels, METRIC_NAME } from '../labels/labels.ts';
import { matchAny } from './match-conditions.ts';
import { seenSince, toStoreMs } from './time-bounds.ts';
import { toPromqlError } from './to-promql-error.ts';

export interface ExemplarQuery {
  /** Of series that match any of these sets. */
  matcherSets: Matcher[][];
  startMs: number;
  /** Inclusive. */
  endMs: number;
  /** How many are wanted, the newest ones; one more is answered when there are more. */
  limit: number;
  /** Of each stretch of time no more than a few, the largest: for a graph, which has room for no more. */
  spread?: { stepMs: number; count: number };
  signal: AbortSignal;
}

export interface FoundExemplar {
  series: Labels;
  labels: Record<string, string>;
  value: number;
  timestampMs: number;
}

const Row = z.object({
  name: z.string(),
  series_labels: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
  value: z.number(),
  timestampMs: z.number(),
});

/** The newest exemplars of some series, newest first. One that was written twice is one. */
export async function readExemplars(store: Store, query: ExemplarQuery): Promise<FoundExemplar[]> {
  const { matcherSets, startMs, endMs, limit, spread, signal } = query;
  if (matcherSets.length === 0) return [];
  const { sql: anyOfThem, params } = matchAny(matcherSets);
  const few = spread
    ? 'ORDER BY value DESC LIMIT {count:UInt32} BY intDiv(toUnixTimestamp64Milli(timestamp), {stepMs:Int64})'
    : '';
  try {
    const rows = await store.query({
      name: 'promql-exemplars',
      sql: `
        WITH known AS (
          SELECT series_id, any(metric_name) AS name, any(labels) AS series_labels
          FROM series
          WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC')
            AND ${anyOfThem}
          GROUP BY series_id
        )
        SELECT name, series_labels, found.labels AS labels, value, toUnixTimestamp64Milli(timestamp) AS timestampMs
        FROM (
          SELECT * FROM (
            SELECT series_id, timestamp, value, labels
            FROM exemplars
            WHERE metric_name IN (SELECT name FROM known)
              AND series_id IN (SELECT series_id FROM known)
              AND timestamp >= fromUnixTimestamp64Milli({start:Int64}, 'UTC')
              AND timestamp <= fromUnixTimestamp64Milli({end:Int64}, 'UTC')
            LIMIT 1 BY series_id, timestamp, value
          )
          ${few}
        ) AS found
        INNER JOIN known USING (series_id)
        ORDER BY timestampMs DESC
        LIMIT {limit:UInt64}`,
      params: {
        ...params,
        seen: seenSince(startMs),
        start: toStoreMs(startMs),
        end: toStoreMs(endMs),
        limit: limit + 1,
        ...(spread && { stepMs: spread.stepMs, count: spread.count }),
      },
      row: Row,
      limitRows: limit + 1,
      signal,
    });
    return rows.map(({ name, series_labels, ...exemplar }) => ({
      ...exemplar,
      series: Labels.from(Object.entries({ ...series_labels, [METRIC_NAME]: name })),
    }));
  } catch (cause) {
    throw toPromqlError(cause);
  }
}
