import type { CircuitTransition } from '#server/circuits/schema.ts';

/**
 * The transition from closed that began the present trouble. A breaker that flaps between open and half-open has one for every failed probe;
 * the calls that matter are those of the first.
 */
export function openingTransition(transitions: readonly CircuitTransition[]): CircuitTransition | null {
  const newestFirst = transitions.toSorted((a, b) => b.tMs - a.tMs);
  const lastClosed = newestFirst.findIndex(
    (transition) => transition.state === 'closed' || transition.state === 'forced_closed',
  );
  const since = lastClosed < 0 ? newestFirst : newestFirst.slice(0, lastClosed);
  return since.findLast((transition) => transition.state === 'open' || transition.state === 'forced_open') ?? null;
}
