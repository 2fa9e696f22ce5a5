import type { Circuit, CircuitInstance } from '#server/circuits/schema.ts';
import { byUrgency } from './circuit-state.ts';

/** The instance that gives the breaker its state: the most urgent one, the newest of equals. */
export function worstInstance(circuit: Pick<Circuit, 'instances'>): CircuitInstance | null {
  return circuit.instances.toSorted((a, b) => byUrgency(a, b) || b.sinceMs - a.sinceMs)[0] ?? null;
}
