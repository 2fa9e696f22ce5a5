import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { RED_SERVICE_ROWS, redParams } from './red-rows.ts';
import { NOT_OURS } from './span-conditions.ts';

const KeptShare = z.object({ service: z.string(), keptShare: z.number() });
export type KeptShare = z.infer<typeof KeptShare>;

const SERVICES_MAX = 5_000;

/**
 * Of which services sampling left spans out, and what share of theirs is here (0 to 1, the smallest first), over every minute that
 * the window touches; of one service, or of all when none is named.
 */
export function readKeptShares(store: Store, range: TimeRange, service = ''): Promise<KeptShare[]> {
  return store.query({
    name: 'kept-shares',
    sql: `
      SELECT service_name AS service, sum(red.recorded) / sumIf(red.count, red.recorded > 0) AS keptShare
      FROM ${RED_SERVICE_ROWS} AS red
      WHERE ${NOT_OURS} AND ({service:String} = '' OR service_name = {service:String})
      GROUP BY service
      HAVING sum(red.recorded) > 0 AND keptShare < 1
      ORDER BY keptShare, service
      LIMIT {limit:UInt32}`,
    params: { ...redParams(range), service, limit: SERVICES_MAX },
    row: KeptShare,
  });
}
