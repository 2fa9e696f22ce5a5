import type { PolledCircuit } from '../reconcile.ts';
import type { CircuitOwner } from './readers.ts';

/** A breaker of which only some is told; the rest is "not known", and `0` where a count is not. */
export function polledCircuit(
  owner: CircuitOwner,
  told: Pick<PolledCircuit, 'name' | 'state' | 'reason'> & Partial<PolledCircuit>,
): PolledCircuit {
  return {
    service: owner.job,
    instance: owner.instance,
    sinceMs: undefined,
    failures: 0,
    calls: 0,
    threshold: 0,
    resetTimeoutMs: 0,
    halfOpenSuccessCount: 0,
    nextAttemptMs: 0,
    ...told,
  };
}
