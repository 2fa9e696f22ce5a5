import type { Tier, TierUse } from './limit-headers.ts';

/** What one client has used of one tier. */
export interface TierWindow {
  used: number;
  endsMs: number;
}

/**
 * Counts a request in a tier. A window begins with the first request after the last one was over; what is refused counts as well, and
 * makes the window no longer. Where the tier was changed meanwhile, what was counted stays, and the window is over when one of the tier
 * that begins now would be, at the latest.
 */
export function countRequest(
  window: TierWindow | undefined,
  tier: Tier,
  nowMs: number,
): { window: TierWindow; use: TierUse } {
  const isOver = window === undefined || window.endsMs <= nowMs;
  const next = isOver
    ? { used: 1, endsMs: nowMs + tier.windowMs }
    : { used: window.used + 1, endsMs: Math.min(window.endsMs, nowMs + tier.windowMs) };
  const use = {
    tier,
    remaining: Math.max(0, tier.quota - next.used),
    resetMs: next.endsMs - nowMs,
    isViolated: next.used > tier.quota,
  };
  return { window: next, use };
}
