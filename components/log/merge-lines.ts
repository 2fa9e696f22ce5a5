import type { LogLine } from '#server/logs/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';

/** Loggers gather and collectors batch: a line may arrive this much after a younger one. */
const LATE_MS = 15_000;

/** From when on lines must be asked for again, when these are known. */
export function tailFrom(known: readonly LogLine[] | undefined, { fromMs, toMs }: TimeRange): number {
  const newest = known?.[0];
  return newest ? Math.min(Math.max(fromMs, newest.tMs - LATE_MS), toMs - 1) : fromMs;
}

/** The newest `limit` lines of the range: what was asked for anew from `sinceMs` on, and what is known from before. */
export function mergeLines(
  known: readonly LogLine[],
  fresh: readonly LogLine[],
  { sinceMs, range, limit }: { sinceMs: number; range: TimeRange; limit: number },
): LogLine[] {
  // As many as were asked for: what lies between them and the known ones was not sent.
  if (fresh.length >= limit) return [...fresh];
  const before = known.filter(({ tMs }) => tMs < sinceMs && tMs >= range.fromMs);
  return [...fresh, ...before].slice(0, limit);
}

/** How many lines came since these were held; both newest first. */
export function countNew(held: readonly LogLine[], lines: readonly LogLine[]): number {
  const seen = new Set(held.map(({ id }) => id));
  const oldestMs = held.at(-1)?.tMs ?? 0;
  return lines.filter(({ id, tMs }) => tMs >= oldestMs && !seen.has(id)).length;
}

/** A key for each line; lines that were delivered twice are told apart, counted from the oldest so that a key stays. */
export function keysOf(lines: readonly LogLine[]): string[] {
  const times = new Map<string, number>();
  return lines
    .toReversed()
    .map(({ id }) => {
      const time = times.get(id) ?? 0;
      times.set(id, time + 1);
      return time === 0 ? id : `${id} ${time}`;
    })
    .toReversed();
}
