import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const LatencyQuantile = z.object({ service: z.string(), seconds: z.number() });
export type LatencyQuantile = z.infer<typeof LatencyQuantile>;

const WINDOW_S = 60;
/** Of fewer requests the slowest alone is the 95th percentile. */
const REQUESTS_MIN = 20;
const SERVICES_MAX = 10_000;

/** The 95th percentile of the duration of server spans of the last minute, by service; one that served few is not among them. */
export function readLatencyP95(store: Store, atMs: number): Promise<LatencyQuantile[]> {
  return store.query({
    name: 'latency-p95',
    sql: `
      WITH fromUnixTimestamp64Milli({at:Int64}) AS at_time
      SELECT service_name AS service, quantileTDigest(0.95)(duration_ns) / 1e9 AS seconds
      FROM spans
      WHERE timestamp > at_time - INTERVAL {window:UInt32} SECOND AND timestamp <= at_time AND kind = 2
      GROUP BY service
      HAVING count() >= {least:UInt32}
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { at: atMs, window: WINDOW_S, least: REQUESTS_MIN, limit: SERVICES_MAX },
    row: LatencyQuantile,
  });
}
