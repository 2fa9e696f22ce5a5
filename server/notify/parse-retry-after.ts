const RETRY_AFTER_MS_MAX = 3_600_000;

/** Milliseconds that a Retry-After header asks for, given as seconds or as a date; an hour at most, null when it says nothing. */
export function parseRetryAfter(header: string, nowMs: number): number | null {
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), RETRY_AFTER_MS_MAX);
}
