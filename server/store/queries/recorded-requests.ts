import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { Numbers } from './numbers.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

const Texts = z.custom<string[]>((value) => Array.isArray(value));
const RecordedRequests = z.object({
  instance: z.string(),
  /** Side by side, a request each. */
  startsUs: Numbers,
  clients: Texts,
  routes: Texts,
  /** Whose tries to log in; empty where it was none. */
  logins: Texts,
  /** JSON of the tiers that refused it; empty where none did. */
  refusedBy: Texts,
  sampled: z.number(),
});
export type RecordedRequests = z.infer<typeof RecordedRequests>;

/** The newest requests that a gateway's limits counted, as columns, for they are many. `startsUs` count from the start of the window. */
export function readRecordedRequests(
  store: Store,
  { range, service, requestsMax }: { range: TimeRange; service: string; requestsMax: number },
): Promise<RecordedRequests[]> {
  return store.query({
    name: 'recorded-requests',
    sql: `
      SELECT instance, groupArray(start) AS startsUs, groupArray(client) AS clients, groupArray(route) AS routes,
        groupArray(login) AS logins, groupArray(refused) AS refusedBy, sum(isSampled) AS sampled
      FROM (
        SELECT service_instance_id AS instance, toUnixTimestamp64Micro(timestamp) - {from:Int64} * 1000 AS start,
          attributes['rate_limit.client'] AS client, http_route AS route, attributes['rate_limit.login'] AS login,
          attributes['rate_limit.refused_by'] AS refused,
          adjusted_count > 1 AS isSampled
        FROM spans
        WHERE ${IN_WINDOW} AND service_name = {service:String} AND kind = 2 AND attributes['rate_limit.client'] <> ''
        ORDER BY timestamp DESC
        LIMIT {limit:UInt32}
      )
      GROUP BY instance
      ORDER BY instance`,
    params: { ...windowParams(range), service, limit: requestsMax },
    row: RecordedRequests,
  });
}
