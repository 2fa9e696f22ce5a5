import type { Slo, SloDay, SloStatus } from '#server/slos/schema.ts';
import type { Tone } from '#components/ui/tone.ts';

/** What a status is called, and how it looks. */
export const SLO_STATES = {
  missed: { word: 'Missed', tone: 'critical' },
  burning: { word: 'Burning', tone: 'warn' },
  low: { word: 'Budget low', tone: 'warn' },
  met: { word: 'Met', tone: 'ok' },
  no_data: { word: 'No data', tone: 'neutral' },
} as const satisfies Record<SloStatus, { word: string; tone: Tone }>;

/** Worst first. */
export const SLO_ORDER = Object.keys(SLO_STATES) as SloStatus[];

export type DayState = 'good' | 'under' | 'bad' | 'none';

/** A day far under its target, at which people noticed: five times the failures that were allowed. */
const BAD_FACTOR = 5;

/** How a day went against the target. A day without requests went no way at all. */
export function dayState({ good, requests }: SloDay, target: number): DayState {
  if (good === null || requests === 0) return 'none';
  const failed = 1 - good / requests;
  const allowed = 1 - target;
  // Shares of whole requests meet a target exactly, and sums of them miss it by an ulp.
  if (failed <= allowed + 1e-9) return 'good';
  return failed <= allowed * BAD_FACTOR ? 'under' : 'bad';
}

/** "99.5 % of requests answered without an error". */
export function describePromise({ kind, thresholdMs, target }: Slo): string {
  const share = formatTarget(target);
  return kind === 'latency'
    ? `${share} of requests answered within ${thresholdMs} ms`
    : `${share} of requests answered without an error`;
}

/** A promise is shown with all the digits that it was made with. */
export function formatTarget(target: number): string {
  return `${Number((target * 100).toFixed(3))} %`;
}
