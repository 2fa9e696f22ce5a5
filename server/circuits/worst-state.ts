import type { CircuitState } from './schema.ts';

const WORST_FIRST: readonly CircuitState[] = ['forced_open', 'open', 'half_open', 'forced_closed', 'closed'];

/** The worst first; of those in the same state the one that has been in it the longest. */
export function byWorstState(
  a: { state: CircuitState; sinceMs: number },
  b: { state: CircuitState; sinceMs: number },
): number {
  return WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state) || a.sinceMs - b.sinceMs;
}
