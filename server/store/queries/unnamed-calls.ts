import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { FAILED, IN_WINDOW, NOT_OURS, windowParams } from './span-conditions.ts';

const UnnamedCalls = z.object({
  service: z.string(),
  /** Empty where no span of the other end is known. */
  callee: z.string(),
  address: z.string(),
  calls: z.number(),
  failed: z.number(),
  p95Ns: z.number(),
});
export type UnnamedCalls = z.infer<typeof UnnamedCalls>;

/** A join is held in memory: beyond this many calls the newest stand for all of them. */
const CALLS_MAX = 200_000;
const EDGES_MAX = 1_000;

/** Calls whose client span does not name its peer, as most SDKs leave it: the server span that each caused tells. */
export function readUnnamedCalls(store: Store, range: TimeRange): Promise<UnnamedCalls[]> {
  return store.query({
    name: 'unnamed-calls',
    sql: `
      WITH made AS (
        SELECT trace_id, span_id, service_name, server_address, duration_ns, adjusted_count, ${FAILED} AS is_failed
        FROM spans
        WHERE ${IN_WINDOW} AND ${NOT_OURS} AND kind = 3 AND peer_service = '' AND db_system_name = ''
        ORDER BY timestamp DESC
        LIMIT {calls:UInt32}
      )
      SELECT made.service_name AS service, served.service_name AS callee, if(callee = '', server_address, '') AS address,
        sum(made.adjusted_count) AS calls, sumIf(made.adjusted_count, is_failed) AS failed, quantileTDigest(0.95)(made.duration_ns) AS p95Ns
      FROM made
      LEFT ANY JOIN (
        SELECT trace_id, parent_span_id, service_name
        FROM spans
        WHERE ${IN_WINDOW} AND kind = 2 AND trace_id IN (SELECT trace_id FROM made)
      ) AS served ON made.trace_id = served.trace_id AND made.span_id = served.parent_span_id
      GROUP BY service, callee, address
      ORDER BY calls DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), calls: CALLS_MAX, limit: EDGES_MAX },
    row: UnnamedCalls,
  });
}
