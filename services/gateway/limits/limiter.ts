import { countRequest, type TierWindow } from './count-request.ts';
import type { Tier, TierUse } from './limit-headers.ts';

export interface Limiter {
  /** Counts one call of a client in every tier and says what is left of each. */
  consume(client: string): Promise<TierUse[]>;
}

/** Fewer clients than this are never worth a look for those that are gone. */
const SWEEP_MIN = 1_000;

/** Asked at each request: quotas and windows may change while it counts, names and order stay. */
export type ReadTiers = () => readonly Tier[];

/** Counts at times that it is told; clients whose windows are all over are forgotten. */
export function createCounters(readTiers: ReadTiers): (client: string, nowMs: number) => TierUse[] {
  const clients = new Map<string, TierWindow[]>();
  let sweepAt = SWEEP_MIN;
  const sweep = (nowMs: number) => {
    for (const [client, windows] of clients) if (windows.every(({ endsMs }) => endsMs <= nowMs)) clients.delete(client);
    // Twice as many as stayed: however many come, each is looked at a few times in all.
    sweepAt = Math.max(SWEEP_MIN, clients.size * 2);
  };
  return (client, nowMs) => {
    const known = clients.get(client);
    const counted = readTiers().map((tier, index) => countRequest(known?.[index], tier, nowMs));
    clients.set(
      client,
      counted.map(({ window }) => window),
    );
    if (clients.size > sweepAt) sweep(nowMs);
    return counted.map(({ use }) => use);
  };
}

/** Counters live in this process: each copy of the gateway gives a client its own quota (shared-limits.ts shares one). */
export function createLimiter(readTiers: ReadTiers): Limiter {
  const count = createCounters(readTiers);
  return { consume: async (client) => count(client, Date.now()) };
}
