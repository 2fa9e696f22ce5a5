import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { toStoreMs } from '../read/time-bounds.ts';
import type { ArrivalsRead } from './arrivals.ts';

const ArrivalsRow = z.object({ now: z.number(), oldest: z.number(), batches: z.number() });

/** How old the samples are that came in since a time of the store's clock. */
export async function readArrivals(store: Store, sinceMs: number, signal: AbortSignal): Promise<ArrivalsRead> {
  const [row] = await store.query({
    name: 'promql-arrivals',
    sql: `
      SELECT toUnixTimestamp64Milli(now64(3)) AS now, toUnixTimestamp64Milli(min(oldest)) AS oldest, count() AS batches
      FROM sample_arrivals
      WHERE arrived_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`,
    params: { since: toStoreMs(sinceMs) },
    row: ArrivalsRow,
    limitRows: 1,
    signal,
  });
  return { storeMs: row!.now, oldestMs: row!.batches === 0 ? Infinity : row!.oldest };
}
