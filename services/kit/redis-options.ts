import type { RedisClientOptions } from '@redis/client';

const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_MAX_MS = 2_000;
/** A connection on which nothing comes back is dead; pings see to it that something should. */
const PING_MS = 1_000;
const SILENT_MAX_MS = 5_000;

/** How we are connected to a Redis: again whenever it is lost. Commands fail while there is none, for whoever sends them goes on without. */
export function redisOptions(url: string) {
  return {
    url,
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENT_MAX_MS,
      reconnectStrategy: (tries: number) => Math.min(RECONNECT_MAX_MS, 50 * 2 ** Math.min(tries, 10)),
    },
  } satisfies RedisClientOptions;
}
