import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const BadGatewayRatio = z.object({ service: z.string(), ratio: z.number() });
export type BadGatewayRatio = z.infer<typeof BadGatewayRatio>;

const WINDOW_S = 60;
const SERVICES_MAX = 10_000;

/** The share of the answers of the last minute that were 502 or 503, by service; a service that served nothing is not among them. */
export function readBadGatewayRatios(store: Store, atMs: number): Promise<BadGatewayRatio[]> {
  return store.query({
    name: 'bad-gateway-ratios',
    sql: `
      WITH fromUnixTimestamp64Milli({at:Int64}) AS at_time
      SELECT service_name AS service, countIf(http_response_status_code IN (502, 503)) / count() AS ratio
      FROM spans
      WHERE timestamp > at_time - INTERVAL {window:UInt32} SECOND AND timestamp <= at_time AND kind = 2
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { at: atMs, window: WINDOW_S, limit: SERVICES_MAX },
    row: BadGatewayRatio,
  });
}
