import type { Breaker } from './breaker.ts';
import type { BreakerMemory } from './decide.ts';

export interface CircuitsAnswer {
  /** Who owns the breakers. */
  reporter: string;
  instance: string;
  circuits: CircuitAnswer[];
}

interface CircuitAnswer {
  service: string;
  state: string;
  since: string;
  failures: number;
  calls: number;
  threshold: number;
  resetTimeoutMs: number;
  halfOpenSuccessCount: number;
  nextAttemptAt: string | null;
  forced: 'open' | 'closed' | null;
}

/** The answer of GET /api/health/circuits. */
export function answerCircuits(
  breakers: Iterable<Breaker>,
  owner: { reporter: string; instance: string },
): CircuitsAnswer {
  return { ...owner, circuits: Array.from(breakers, answerCircuit) };
}

function answerCircuit({ name, memory, settings }: Breaker): CircuitAnswer {
  return {
    service: name,
    state: memory.state,
    since: new Date(memory.sinceMs).toISOString(),
    failures: memory.failures,
    calls: memory.calls,
    threshold: settings.failureThreshold,
    resetTimeoutMs: settings.resetTimeoutMs,
    halfOpenSuccessCount: settings.halfOpenSuccessCount,
    nextAttemptAt: memory.nextAttemptMs === null ? null : new Date(memory.nextAttemptMs).toISOString(),
    forced: forcedSide(memory),
  };
}

function forcedSide({ state }: BreakerMemory): 'open' | 'closed' | null {
  if (state === 'forced_open') return 'open';
  return state === 'forced_closed' ? 'closed' : null;
}
