import { once } from 'node:events';
import type { RedisClientType } from '@redis/client';
import type { Log } from '../../log.ts';
import { redisOptions } from '../../redis-options.ts';

/** A relay that waits holds a transaction open. */
const READY_MAX_MS = 2_000;

export interface RedisLink {
  /** The client while it is connected; throws when it is not soon. */
  client: () => Promise<RedisClientType>;
  whyAway: () => string | null;
  close: () => Promise<void>;
}

/** One connection to Redis, made again whenever it is lost. Commands fail while there is none: who calls has an outbox. */
export function openLink(url: string, log: Log): RedisLink {
  let away: string | null = 'Redis is not connected yet';
  let wasTold = false;
  const opening = import('@redis/client').then(({ createClient }) => {
    const client: RedisClientType = createClient(redisOptions(url));
    client.on('error', (error: Error) => {
      away = `Redis is away: ${error.message || error.name}`;
      if (!wasTold) log.warn({ err: error }, '[events] Redis is away: events wait until it is back');
      wasTold = true;
    });
    client.on('ready', () => {
      if (wasTold) log.info('[events] Redis is back');
      [away, wasTold] = [null, false];
      void warnOfLoss(client, log);
    });
    client.connect().catch(() => {});
    return client;
  });
  return {
    client: async () => {
      const client = await opening;
      if (client.isReady) return client;
      try {
        await once(client, 'ready', { signal: AbortSignal.timeout(READY_MAX_MS) });
      } catch (cause) {
        throw new Error(away ?? 'Redis is away', { cause });
      }
      return client;
    },
    whyAway: () => away,
    close: async () => {
      const client = await opening;
      client.removeAllListeners('error').on('error', () => {});
      if (client.isReady) await client.close();
      else client.destroy();
    },
  };
}

/** Redis keeps an event as well as it was told to keep anything, and by default that is not well. */
async function warnOfLoss(client: RedisClientType, log: Log): Promise<void> {
  const info = await client.info().catch(() => '');
  const says = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  if (says('aof_enabled') === '0')
    log.warn('[events] Redis keeps no log of its writes, and forgets events when it ends: set `appendonly yes` there');
  const policy = says('maxmemory_policy');
  if (says('maxmemory') !== '0' && policy !== undefined && policy !== 'noeviction')
    log.warn(`[events] Redis may drop events when its memory is full (${policy}): set \`maxmemory-policy noeviction\``);
}
