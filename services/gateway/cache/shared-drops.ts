import { randomUUID } from 'node:crypto';
import { createClient, type RedisClientType } from '@redis/client';
import { z } from 'zod';
import type { Log } from '#services/kit/log.ts';
import { redisOptions } from '#services/kit/redis-options.ts';

const CHANNEL = 'switchyard:cache:drops';
const Drop = z.object({ from: z.string(), path: z.string() });

export interface SharedDrops {
  /** Has the other gateways drop what they keep of a path and below it. */
  tell: (path: string) => void;
  close: () => void;
}

/**
 * Joins the gateways at one Redis in what they drop. `onDrop` hears of the drops of others, and of everything ('') whenever
 * something may have been missed.
 */
export function openSharedDrops(
  url: string,
  { log, onDrop }: { log: Log; onDrop: (path: string) => void },
): SharedDrops {
  const self = randomUUID();
  const teller: RedisClientType = createClient(redisOptions(url));
  // A connection that listens is good for nothing else.
  const listener: RedisClientType = createClient(redisOptions(url));
  let isAway = false;
  let isSubscribed = false;
  let isUntold = false;
  const away = (error: unknown) => {
    if (!isAway) log.warn({ err: error }, '[cache] Redis is away: gateways do not hear what others drop');
    isAway = true;
  };
  const tell = (path: string) => {
    teller.publish(CHANNEL, JSON.stringify({ from: self, path })).catch((error: unknown) => {
      isUntold = true;
      away(error);
    });
  };
  const hear = (message: string) => {
    const { from, path } = Drop.parse(JSON.parse(message));
    if (from !== self) onDrop(path);
  };
  teller.on('ready', () => {
    if (isUntold) tell('');
    isUntold = false;
  });
  listener.on('ready', () => {
    // Later connections subscribe by themselves, before they say that they are ready.
    const subscribed = isSubscribed ? Promise.resolve() : listener.subscribe(CHANNEL, hear);
    subscribed.then(() => {
      isSubscribed = true;
      if (isAway) log.info('[cache] Redis is back: everything that is kept is dropped once');
      isAway = false;
      onDrop('');
    }, away);
  });
  for (const client of [teller, listener]) {
    client.on('error', away);
    client.connect().catch(away);
  }
  return {
    tell,
    close: () => {
      for (const client of [teller, listener]) {
        client.removeAllListeners('error').on('error', () => {});
        client.destroy();
      }
    },
  };
}
