export interface Tier {
  name: string;
  quota: number;
  windowMs: number;
}

/** What is left of a tier for one client. */
export interface TierUse {
  tier: Tier;
  remaining: number;
  resetMs: number;
  isViolated: boolean;
}

export type LimitHeaders = Record<'ratelimit-policy' | 'ratelimit', string> & { 'retry-after'?: string };

/** draft-ietf-httpapi-ratelimit-headers-11: structured fields, seconds. */
export function limitHeaders(uses: readonly TierUse[]): LimitHeaders {
  const headers: LimitHeaders = {
    'ratelimit-policy': uses
      .map(({ tier }) => `"${tier.name}";q=${tier.quota};w=${wholeSeconds(tier.windowMs)}`)
      .join(', '),
    ratelimit: uses
      .map(({ tier, remaining, resetMs }) => `"${tier.name}";r=${remaining};t=${wholeSeconds(resetMs)}`)
      .join(', '),
  };
  const violated = uses.filter((use) => use.isViolated);
  // The client is let in again when the last of the tiers it has used up begins anew.
  if (violated.length > 0)
    headers['retry-after'] = String(wholeSeconds(Math.max(...violated.map((use) => use.resetMs))));
  return headers;
}

/** Up, so that nobody comes back too early. */
function wholeSeconds(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}
