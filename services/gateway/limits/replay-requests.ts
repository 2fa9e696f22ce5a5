import type { Tier } from './limit-headers.ts';
import { createCounters } from './limiter.ts';

export interface RecordedRequest {
  startMs: number;
  /** Whose budget it counted against. */
  client: string;
}

/** Steps between which whoever replays may let others work. */
const STEP_REQUESTS = 5_000;

/**
 * Puts recorded requests of one gateway, in the order of their starts, to the gateway's own counters under other tiers; its value is, for
 * each request, which tiers would have refused it, by bits in the order of `tiers`. A generator, so that long recordings are no long turn.
 */
export function* replayRequests(
  requests: readonly RecordedRequest[],
  tiers: readonly Tier[],
): Generator<void, Uint8Array> {
  const count = createCounters(() => tiers);
  const refusals = new Uint8Array(requests.length);
  for (const [index, { client, startMs }] of requests.entries()) {
    if (index % STEP_REQUESTS === STEP_REQUESTS - 1) yield;
    let bits = 0;
    for (const [tier, { isViolated }] of count(client, startMs).entries()) if (isViolated) bits |= 1 << tier;
    refusals[index] = bits;
  }
  return refusals;
}
