import { isSameDay } from '#components/format/time.ts';

export interface TimeGroup<T> {
  title: string;
  items: T[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Parts what is listed newest first at the hour and at the viewer's midnights; groups without anything are left out. */
export function groupByTime<T extends { tMs: number }>(
  items: readonly T[],
  { nowMs, zone }: { nowMs: number; zone: string },
): TimeGroup<T>[] {
  const titleOf = ({ tMs }: T) => {
    if (tMs > nowMs - HOUR_MS) return 'Last hour';
    if (isSameDay(tMs, nowMs, zone)) return 'Earlier today';
    return isSameDay(tMs, nowMs - DAY_MS, zone) ? 'Yesterday' : 'Before';
  };
  return [...Map.groupBy(items, titleOf)].map(([title, grouped]) => ({ title, items: grouped }));
}
