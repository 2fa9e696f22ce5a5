import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { NOT_OURS, SERVED } from './span-conditions.ts';

const SERVICES_MAX = 5_000;

/** The names of all services that answered a request since `fromMs`. */
export async function readServedServices(store: Store, fromMs: number): Promise<string[]> {
  const rows = await store.query({
    name: 'served-services',
    sql: `
      SELECT DISTINCT service_name AS service
      FROM red_1m
      WHERE minute >= toDateTime({from:Int64}) AND ${SERVED} AND ${NOT_OURS}
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { from: Math.floor(fromMs / 1_000), limit: SERVICES_MAX },
    row: z.object({ service: z.string() }),
  });
  return rows.map(({ service }) => service);
}
