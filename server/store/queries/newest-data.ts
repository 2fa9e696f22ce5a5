import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

/** Nearest first: a live system answers from minutes, and only a silent one is asked for more. */
const LOOK_BACK_S = [120, 3_600, 7 * 86_400];

/** When the newest span began and the newest sample was taken; null when there is none in a week. */
export async function readNewest(
  store: Store,
): Promise<{ newestSpanMs: number | null; newestSampleMs: number | null }> {
  const [newestSpanMs, newestSampleMs] = await Promise.all([
    readBack(
      store,
      'newest-span',
      `SELECT toUnixTimestamp64Milli(max(timestamp)) AS newestMs FROM spans WHERE timestamp >= now() - INTERVAL {back:UInt32} SECOND`,
    ),
    // `up` is written at every scrape, and the table is ordered by metric.
    readBack(
      store,
      'newest-sample',
      `SELECT toUnixTimestamp64Milli(max(timestamp)) AS newestMs FROM samples WHERE metric_name = 'up' AND timestamp >= now() - INTERVAL {back:UInt32} SECOND`,
    ),
  ]);
  return { newestSpanMs, newestSampleMs };
}

async function readBack(store: Store, name: string, sql: string): Promise<number | null> {
  for (const back of LOOK_BACK_S) {
    const [row] = await store.query({ name, sql, params: { back }, row: z.object({ newestMs: z.number() }) });
    if (row && row.newestMs > 0) return row.newestMs;
  }
  return null;
}
