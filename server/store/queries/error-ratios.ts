import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const ErrorRatio = z.object({ service: z.string(), ratio: z.number() });
export type ErrorRatio = z.infer<typeof ErrorRatio>;

const WINDOW_S = 60;
const SERVICES_MAX = 10_000;

/** The share of server spans of the last minute that failed, by service; a service that served nothing is not among them. */
export function readErrorRatios(store: Store, atMs: number): Promise<ErrorRatio[]> {
  return store.query({
    name: 'error-ratios',
    sql: `
      WITH fromUnixTimestamp64Milli({at:Int64}) AS at_time
      SELECT service_name AS service, countIf(status_code = 2 OR http_response_status_code >= 500) / count() AS ratio
      FROM spans
      WHERE timestamp > at_time - INTERVAL {window:UInt32} SECOND AND timestamp <= at_time AND kind = 2
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { at: atMs, window: WINDOW_S, limit: SERVICES_MAX },
    row: ErrorRatio,
  });
}
