import { createHash } from 'node:crypto';
import { createClient, type RedisClientType } from '@redis/client';
import type { Dependency } from '#services/kit/health/dependency.ts';
import { inTime } from '#services/kit/in-time.ts';
import type { Log } from '#services/kit/log.ts';
import { redisOptions } from '#services/kit/redis-options.ts';
import type { Tier, TierUse } from './limit-headers.ts';
import { createLimiter, type Limiter, type ReadTiers } from './limiter.ts';

/** How long Redis is left alone after it did not answer in time. */
const LEFT_ALONE_MS = 1_000;

/** Counts in every tier at once, so that a request costs one round trip; a counter ends with its window, which is never longer than its tier's is now. */
const COUNT = `
local uses = {}
for i, key in ipairs(KEYS) do
  local used = redis.call('INCR', key)
  local left = redis.call('PTTL', key)
  if left < 0 or left > tonumber(ARGV[i]) then
    redis.call('PEXPIRE', key, ARGV[i])
    left = tonumber(ARGV[i])
  end
  uses[#uses + 1] = used
  uses[#uses + 1] = left
end
return uses`;

export interface SharedLimits {
  /** As the limiter of this process alone, with the counters of all gateways at the same Redis. */
  createLimiter: (readTiers: ReadTiers) => Limiter;
  /** Of the gateway's health. */
  dependency: Dependency;
  close: () => void;
}

/** Limits whose counters are in Redis; while it is away each gateway counts for itself, and says so once. */
export function openSharedLimits(url: string, options: { answerMaxMs: number; log: Log }): SharedLimits {
  const { answerMaxMs, log } = options;
  const client: RedisClientType = createClient(redisOptions(url));
  let isAway = false;
  let leftAloneUntilMs = 0;
  const away = (error: unknown) => {
    leftAloneUntilMs = performance.now() + LEFT_ALONE_MS;
    if (!isAway) log.warn({ err: error }, '[limits] Redis is away: this gateway counts for itself until it is back');
    isAway = true;
  };
  const back = () => {
    if (isAway) log.info('[limits] Redis is back: limits are shared again');
    isAway = false;
  };
  client.on('error', away);
  client.connect().catch(away);

  const count = async (tiers: readonly Tier[], key: string): Promise<TierUse[]> => {
    const keys = tiers.map(({ name }) => `switchyard:limit:{${key}}:${name}`);
    const windows = tiers.map(({ windowMs }) => String(windowMs));
    const answer = client.eval(COUNT, { keys, arguments: windows });
    const told = (await inTime(answer, answerMaxMs, `no answer within ${answerMaxMs} ms`)) as number[];
    return tiers.map((tier, index) => {
      const [used = 0, resetMs = 0] = told.slice(2 * index);
      return { tier, remaining: Math.max(0, tier.quota - used), resetMs, isViolated: used > tier.quota };
    });
  };

  return {
    createLimiter(readTiers) {
      const own = createLimiter(readTiers);
      return {
        async consume(name) {
          if (!client.isReady || performance.now() < leftAloneUntilMs) return own.consume(name);
          try {
            const uses = await count(readTiers(), keyOf(name));
            back();
            return uses;
          } catch (error) {
            away(error);
            return own.consume(name);
          }
        },
      };
    },
    dependency: {
      name: 'redis',
      kind: 'cache',
      check: async () => ((await client.ping()) === 'PONG' ? null : 'no PONG'),
    },
    close: () => {
      client.removeAllListeners('error').on('error', () => {});
      client.destroy();
    },
  };
}

/** Addresses and accounts are nobody's business who looks into Redis. */
function keyOf(client: string): string {
  return createHash('sha256').update(client).digest('base64url');
}
