import type { TimeRange } from './schema.ts';

const MINUTE_MS = 60_000;
/** Up to here spans are read one by one: exact to the second, and some 100,000 of them cost less than a blink. */
const RAW_MS_MAX = 30 * MINUTE_MS;
/** Facts that the rollup has not (instances, versions, namespaces) are taken from this newest part of a long window. */
const NEWEST_MS = 15 * MINUTE_MS;

export interface ReadPlan {
  source: 'spans' | 'minutes';
  /** What is measured really: whole minutes from the rollup, and never the future. */
  seconds: number;
  newest: TimeRange;
}

/** Which table answers for a window, and over how many seconds its counts are. */
export function planRead({ fromMs, toMs }: TimeRange, nowMs: number): ReadPlan {
  const source = toMs - fromMs <= RAW_MS_MAX ? 'spans' : 'minutes';
  const grainMs = source === 'spans' ? 1 : MINUTE_MS;
  const startMs = Math.floor(fromMs / grainMs) * grainMs;
  const endMs = Math.min(Math.ceil(toMs / grainMs) * grainMs, nowMs);
  return {
    source,
    seconds: Math.max(1, (endMs - startMs) / 1_000),
    newest: { fromMs: Math.max(fromMs, toMs - NEWEST_MS), toMs },
  };
}
