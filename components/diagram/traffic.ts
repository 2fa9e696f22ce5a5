import type { Tone } from '#components/ui/tone.ts';

/** At and above these shares of failed calls a line is marked; below, errors are the ordinary noise of a network. */
const ERRORS_NOTABLE = 0.01;
export const ERRORS_CRITICAL = 0.05;

/** How a share of failed calls is marked: not at all, as a warning, as critical. */
export function errorTone(errorRatio: number | null): Extract<Tone, 'neutral' | 'warn' | 'critical'> {
  if (errorRatio === null || errorRatio < ERRORS_NOTABLE) return 'neutral';
  return errorRatio < ERRORS_CRITICAL ? 'warn' : 'critical';
}

const WEIGHT_MAX = 6;

/** The width in pixels of a line that carries so many calls a second: hair-thin when idle, and about one more for every tenfold. */
export function lineWeight(requestsPerS: number): number {
  if (requestsPerS <= 0) return 1;
  return Math.min(WEIGHT_MAX, 1.2 + 1.05 * Math.log10(1 + requestsPerS * 3));
}
