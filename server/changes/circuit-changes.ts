import type { CircuitState, CircuitTransition } from '#server/circuits/schema.ts';
import type { Change, Severity } from './schema.ts';

const WORDS: Record<CircuitState, [says: string, severity: Severity]> = {
  open: ['opened', 'critical'],
  half_open: ['lets trial calls through', 'warning'],
  closed: ['closed', 'ok'],
  forced_open: ['was forced open', 'critical'],
  forced_closed: ['was forced closed', 'warning'],
};

/** What transitions say to people; a breaker that was only seen for the first time has not changed. */
export function circuitChanges(transitions: readonly CircuitTransition[]): Change[] {
  return transitions
    .filter(({ state, previousState }) => state !== previousState)
    .map(({ tMs, name, reporter, instance, state, reason }) => ({
      id: `circuit-${reporter}-${name}-${instance}-${tMs}-${state}`,
      tMs,
      kind: 'circuit',
      severity: WORDS[state][1],
      title: `Breaker ${name} ${WORDS[state][0]}`,
      detail: [reason, `on ${reporter}`].filter(Boolean).join(', '),
      href: `/circuits?breaker=${encodeURIComponent(`${reporter}~${name}`)}`,
    }));
}
