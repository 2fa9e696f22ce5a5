import type { CircuitState } from '#server/circuits/schema.ts';
import { CIRCUIT_STATES } from './circuit-state.ts';

const ORDER: readonly CircuitState[] = ['open', 'forced_open', 'half_open', 'forced_closed', 'closed'];

/** "14 breakers: 2 open, 1 half-open, 11 closed." */
export function circuitLead(circuits: readonly { state: CircuitState }[]): string {
  if (circuits.length === 0) return 'No breaker has been reported yet.';
  const noun = circuits.length === 1 ? 'breaker' : 'breakers';
  const counts = ORDER.map((state) => ({
    state,
    count: circuits.filter((circuit) => circuit.state === state).length,
  })).filter(({ count }) => count > 0);
  const [only] = counts;
  if (counts.length === 1 && only?.state === 'closed')
    return circuits.length === 1 ? 'The one breaker is closed.' : `All ${circuits.length} breakers are closed.`;
  return `${circuits.length} ${noun}: ${counts.map(({ state, count }) => `${count} ${CIRCUIT_STATES[state].word}`).join(', ')}.`;
}
