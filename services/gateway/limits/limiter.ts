import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Tier, TierUse } from './limit-headers.ts';

export interface Limiter {
  /** Counts one call of a client in every tier and says what is left of each. */
  consume(client: string): Promise<TierUse[]>;
}

/** Counters live in this process: each copy of the gateway gives a client its own quota (shared-limits.ts shares one). */
export function createLimiter(tiers: readonly Tier[]): Limiter {
  const counters = tiers.map((tier) => ({
    tier,
    memory: new RateLimiterMemory({ keyPrefix: tier.name, points: tier.quota, duration: tier.windowMs / 1000 }),
  }));
  return {
    consume: (client) =>
      Promise.all(
        counters.map(async ({ tier, memory }) => {
          const { result, isViolated } = await consumeOne(memory, client);
          return { tier, remaining: result.remainingPoints, resetMs: Math.max(0, result.msBeforeNext), isViolated };
        }),
      ),
  };
}

/** The library says "no" by rejecting with the counter. */
async function consumeOne(memory: RateLimiterMemory, client: string) {
  try {
    return { result: await memory.consume(client), isViolated: false };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { result: error, isViolated: true };
    throw error;
  }
}
