import type { TimeRange } from '#server/time/schema.ts';
import { timeTicks } from '#components/format/time-ticks.ts';

const TICKS_MAX = 6;

/** The time axis that bands lie over: its ticks, and which share of it, from 0 to 1, lies before a time. */
export function bandScale({ fromMs, toMs }: TimeRange) {
  return { ...timeTicks(fromMs, toMs, TICKS_MAX), share: (tMs: number) => (tMs - fromMs) / (toMs - fromMs) };
}
