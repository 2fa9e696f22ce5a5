import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const ProxyMessages = z.object({ service: z.string(), messages: z.number() });
export type ProxyMessages = z.infer<typeof ProxyMessages>;

const WINDOW_S = 60;
const SERVICES_MAX = 10_000;

/** How often each service that logs said in the last minute that a proxied call failed or met an open circuit. */
export function readProxyMessages(store: Store, atMs: number): Promise<ProxyMessages[]> {
  return store.query({
    name: 'proxy-messages',
    sql: `
      WITH fromUnixTimestamp64Milli({at:Int64}) AS at_time
      SELECT service_name AS service, countIf(body LIKE '%Proxy error%' OR body LIKE '%Circuit open%') AS messages
      FROM logs
      WHERE timestamp > at_time - INTERVAL {window:UInt32} SECOND AND timestamp <= at_time
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { at: atMs, window: WINDOW_S, limit: SERVICES_MAX },
    row: ProxyMessages,
  });
}
