import type { CircuitState } from '#server/circuits/schema.ts';
import type { Tone } from '#components/ui/tone.ts';

/** The word and the tone of each state of a breaker. */
export const CIRCUIT_STATES = {
  closed: { word: 'closed', tone: 'ok' },
  open: { word: 'open', tone: 'critical' },
  half_open: { word: 'half-open', tone: 'half-open' },
  forced_open: { word: 'forced open', tone: 'critical' },
  forced_closed: { word: 'forced closed', tone: 'warn' },
} as const satisfies Record<CircuitState, { word: string; tone: Tone }>;

/** True when the breaker lets no ordinary call through. */
export function isRefusing(state: CircuitState): boolean {
  return state === 'open' || state === 'forced_open';
}

/** States that want attention before states that do not. */
const URGENCY: readonly CircuitState[] = ['forced_open', 'open', 'half_open', 'forced_closed', 'closed'];

/** Sorts by urgency, then as given. */
export function byUrgency(a: { state: CircuitState }, b: { state: CircuitState }): number {
  return URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state);
}
