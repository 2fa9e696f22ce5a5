import type { Partition } from '#server/store/queries/partitions.ts';
import { partitionEndMs } from './past-partitions.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** So that a weekend counts, and last month does not. */
const WINDOW_MS = 7 * DAY_MS;

/**
 * Bytes that a day takes lately: from the whole days among the newest seven, since today's are not merged yet; where there is no
 * whole day, or month, from what there is. Null while that is less than an hour.
 */
export function measurePace(partitions: readonly Partition[], nowMs: number): number | null {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const lately = partitions.filter((each) => endOf(each) > today - WINDOW_MS);
  const whole = lately.filter((each) => endOf(each) <= today);
  const chosen = whole.length > 0 ? whole : lately;
  const untilMs = whole.length > 0 ? Math.max(...whole.map(endOf)) : nowMs;
  const sinceMs = Math.min(...chosen.flatMap(({ oldestMs }) => oldestMs ?? []));
  const bytes = chosen.reduce((sum, each) => sum + each.bytes, 0);
  const ms = untilMs - sinceMs;
  return Number.isFinite(ms) && ms >= HOUR_MS ? (bytes / ms) * DAY_MS : null;
}

function endOf({ id }: Partition): number {
  return partitionEndMs(id) ?? 0;
}
