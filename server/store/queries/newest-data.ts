import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

/** Nearest first: a live system answers from seconds, and only a silent one is asked for more. */
const LOOK_BACK_S = [10, 120, 3_600];
const WEEK_S = 7 * 86_400;

/** When the newest span began and the newest sample was taken; null when there is none in a week. */
export async function readNewest(
  store: Store,
): Promise<{ newestSpanMs: number | null; newestSampleMs: number | null }> {
  const [newestSpanMs, newestSampleMs] = await Promise.all([readNewestSpan(store), readNewestSample(store)]);
  return { newestSpanMs, newestSampleMs };
}

async function readNewestSpan(store: Store): Promise<number | null> {
  for (const back of LOOK_BACK_S) {
    const newestMs = await readMax(store, 'newest-span', `FROM spans WHERE ${SINCE}`, back);
    if (newestMs !== null) return newestMs;
  }
  // The rollup knows the minute, so that a system long silent is not read span by span at every tick.
  return readMax(
    store,
    'newest-span-1m',
    `FROM spans WHERE timestamp >= (SELECT max(minute) FROM red_1m WHERE minute >= now() - INTERVAL {back:UInt32} SECOND)
       AND ${SINCE}`,
    WEEK_S,
  );
}

async function readNewestSample(store: Store): Promise<number | null> {
  // `up` is written at every scrape, and the table is ordered by metric.
  for (const back of LOOK_BACK_S) {
    const newestMs = await readMax(store, 'newest-up', `FROM samples WHERE metric_name = 'up' AND ${SINCE}`, back);
    if (newestMs !== null) return newestMs;
  }
  // Metrics may be pushed only.
  const pushedMs = await readMax(store, 'newest-sample', `FROM samples WHERE ${SINCE}`, 120);
  return pushedMs ?? readMax(store, 'newest-up', `FROM samples WHERE metric_name = 'up' AND ${SINCE}`, WEEK_S);
}

const SINCE = 'timestamp >= now() - INTERVAL {back:UInt32} SECOND';

async function readMax(store: Store, name: string, from: string, back: number): Promise<number | null> {
  const [row] = await store.query({
    name,
    sql: `SELECT toUnixTimestamp64Milli(max(timestamp)) AS newestMs ${from}`,
    params: { back },
    row: z.object({ newestMs: z.number() }),
  });
  return row && row.newestMs > 0 ? row.newestMs : null;
}
