import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { NOT_OURS } from './span-conditions.ts';

const DatabaseFailures = z.object({ service: z.string(), failures: z.number() });
export type DatabaseFailures = z.infer<typeof DatabaseFailures>;

const WINDOW_S = 60;
const SERVICES_MAX = 10_000;
/** What drivers say when a database cannot be reached, or has no connection to give; a query that fails says other things. */
const UNREACHABLE =
  '(?i)ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE|connection terminated|timeout exceeded when trying to connect|too many (clients|connections)|connection slots|the database system is';

/** How many calls to a database failed in the last minute because it could not be reached, by service that calls one. */
export function readDatabaseFailures(store: Store, atMs: number): Promise<DatabaseFailures[]> {
  return store.query({
    name: 'database-failures',
    sql: `
      WITH fromUnixTimestamp64Milli({at:Int64}) AS at_time
      SELECT service_name AS service,
        sumIf(adjusted_count, status_code = 2 AND match(concat(status_message, ' ', error_type, ' ', arrayStringConcat(
          arrayMap(attributes -> attributes['exception.message'], event_attributes), ' ')), {unreachable:String})) AS failures
      FROM spans
      WHERE timestamp > at_time - INTERVAL {window:UInt32} SECOND AND timestamp <= at_time AND db_system_name != '' AND ${NOT_OURS}
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { at: atMs, window: WINDOW_S, unreachable: UNREACHABLE, limit: SERVICES_MAX },
    row: DatabaseFailures,
  });
}
