/** A violation is news for an hour after a run first saw it, so that an alert on it lasts long enough to be acted on; then it is known. */
export const NEW_FOR_MS = 3_600_000;

export function isNew(firstSeenMs: number, nowMs: number): boolean {
  return nowMs - firstSeenMs < NEW_FOR_MS;
}
