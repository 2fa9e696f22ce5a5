import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import { Labels, METRIC_NAME } from '../labels/labels.ts';
import { matchAny } from './match-conditions.ts';
import { listedSince, toStoreMs } from './time-bounds.ts';
import { toPromqlError } from './to-promql-error.ts';

export interface Listing {
  /** Series that match any of these sets; of none, all series. */
  matcherSets: Matcher[][];
  startMs: number;
  /** How many are wanted; one more is answered when there are more. */
  limit: number;
  signal: AbortSignal;
}

/** What the listings below have in common: the condition, over `series`, and its parameters. */
function condition({ matcherSets, startMs, limit }: Listing) {
  const { sql, params } = matchAny(matcherSets);
  return {
    sql: `last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC') AND ${sql}`,
    params: { ...params, seen: listedSince(toStoreMs(startMs)), limit: limit + 1 },
  };
}

const SeriesRow = z.object({ name: z.string(), label_map: z.record(z.string(), z.string()) });

/** The series that were alive at or after the start. */
export async function listSeries(store: Store, listing: Listing): Promise<Labels[]> {
  const { sql, params } = condition(listing);
  const rows = await ask(store, listing, {
    name: 'promql-list-series',
    sql: `
      SELECT any(metric_name) AS name, any(labels) AS label_map
      FROM series
      WHERE ${sql}
      GROUP BY series_id
      ORDER BY name, toString(label_map)
      LIMIT {limit:UInt64}`,
    params,
    row: SeriesRow,
  });
  return rows.map(({ name, label_map }) => Labels.from(Object.entries({ ...label_map, [METRIC_NAME]: name })));
}

/** The names of all labels that those series have. */
export async function listLabelNames(store: Store, listing: Listing): Promise<string[]> {
  const { sql, params } = condition(listing);
  const rows = await ask(store, listing, {
    name: 'promql-list-labels',
    sql: `
      SELECT DISTINCT arrayJoin(arrayPushFront(mapKeys(labels), {own:String})) AS text
      FROM series
      WHERE ${sql}
      ORDER BY text
      LIMIT {limit:UInt64}`,
    params: { ...params, own: METRIC_NAME },
    row: TextRow,
  });
  return rows.map(({ text }) => text);
}

/** The values that one label has on those series. */
export async function listLabelValues(store: Store, label: string, listing: Listing): Promise<string[]> {
  const { sql, params } = condition(listing);
  const value = label === METRIC_NAME ? 'metric_name' : 'labels[{label:String}]';
  const rows = await ask(store, listing, {
    name: 'promql-list-label-values',
    sql: `
      SELECT DISTINCT toString(${value}) AS text
      FROM series
      WHERE ${sql} AND text != ''
      ORDER BY text
      LIMIT {limit:UInt64}`,
    params: { ...params, label },
    row: TextRow,
  });
  return rows.map(({ text }) => text);
}

const TextRow = z.object({ text: z.string() });

async function ask<Row extends z.ZodType>(
  store: Store,
  { limit, signal }: Listing,
  query: { name: string; sql: string; params: Record<string, unknown>; row: Row },
): Promise<z.infer<Row>[]> {
  try {
    return await store.query({ ...query, limitRows: limit + 1, signal });
  } catch (cause) {
    throw toPromqlError(cause);
  }
}
