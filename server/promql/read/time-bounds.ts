/** What the store's DateTime64 can hold, with room for an offset. */
const STORE_MS_MAX = 9_000_000_000_000;

/** A time that a statement may name, whatever a query asks for. */
export function toStoreMs(ms: number): number {
  return Math.min(STORE_MS_MAX, Math.max(0, Math.floor(ms)));
}

/** Senders may stamp samples as much as this from the time at which their series is announced; announcements come every few minutes. */
const ANNOUNCED_WITHIN_MS = 86_400_000;

/** A series with samples after `afterMs` was announced no earlier than this. */
export function seenSince(afterMs: number): number {
  return toStoreMs(afterMs - ANNOUNCED_WITHIN_MS);
}

/** Announcements come every five minutes at least. */
const ANNOUNCED_EVERY_MS = 600_000;

/** For lists of series, where one too many does no harm, and all of yesterday's would be too many. */
export function listedSince(startMs: number): number {
  return toStoreMs(startMs - ANNOUNCED_EVERY_MS);
}
