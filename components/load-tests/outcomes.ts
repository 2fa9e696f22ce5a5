import type { Counts } from '#server/load-tests/schema.ts';

export interface OutcomeStyle {
  key: keyof Counts;
  label: string;
  fill: string;
  dot: string;
}

/** How requests can end, in the order in which they are stacked. */
export const OUTCOMES: readonly OutcomeStyle[] = [
  { key: 'served', label: 'Served', fill: 'fill-wire-dead', dot: 'bg-wire-dead' },
  { key: 'limited', label: 'Refused by limits', fill: 'fill-warn', dot: 'bg-warn' },
  { key: 'breaker', label: 'Refused by breakers', fill: 'fill-half-open', dot: 'bg-half-open' },
  { key: 'failed', label: 'Failed', fill: 'fill-critical', dot: 'bg-critical' },
  { key: 'unanswered', label: 'Unanswered', fill: 'fill-info', dot: 'bg-info' },
];

export function totalOf(counts: Counts): number {
  return OUTCOMES.reduce((sum, { key }) => sum + counts[key], 0);
}

export function servedRatio(counts: Counts): number | null {
  const all = totalOf(counts);
  return all === 0 ? null : counts.served / all;
}
