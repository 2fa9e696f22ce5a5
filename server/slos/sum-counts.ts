import type { SloCount } from '#server/store/queries/slo-counts.ts';
import type { Counted } from './assess-slo.ts';
import type { SloDay } from './schema.ts';

export const DAY_MS = 86_400_000;
export const DAYS_SHOWN = 90;

/** What was counted in buckets that begin at `fromMs` or later. */
export function sumSince(counts: readonly SloCount[], fromMs: number): Counted {
  const sum = { requests: 0, bad: 0 };
  for (const { bucketMs, requests, bad } of counts) {
    if (bucketMs < fromMs) continue;
    sum.requests += requests;
    sum.bad += bad;
  }
  return sum;
}

/** The last 90 UTC days up to today; a day on which nothing was counted has no share of good ones. */
export function toDays(counts: readonly SloCount[], nowMs: number): SloDay[] {
  const byDay = new Map(counts.map((count) => [count.bucketMs, count]));
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return Array.from({ length: DAYS_SHOWN }, (_, index) => {
    const dayMs = todayMs - (DAYS_SHOWN - 1 - index) * DAY_MS;
    const count = byDay.get(dayMs);
    return { dayMs, requests: count?.requests ?? 0, good: count ? count.requests - count.bad : null };
  });
}
