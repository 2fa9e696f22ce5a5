import { z } from 'zod';
import { CircuitState } from '#server/circuits/schema.ts';
import type { PolledCircuit } from './reconcile.ts';

const Count = z.number().nonnegative().catch(0);
/** Milliseconds since 1970, from a number or an ISO date. */
const Time = z
  .union([z.number(), z.string()])
  .transform((value) => (typeof value === 'number' ? value : Date.parse(value)))
  .pipe(z.number().finite())
  .optional()
  .catch(undefined);

const Circuit = z.object({
  service: z.string().min(1),
  state: z
    .string()
    .transform((state) => state.toLowerCase().replaceAll('-', '_'))
    .pipe(CircuitState),
  instance: z.string().optional(),
  reporter: z.string().optional(),
  since: Time,
  nextAttemptAt: Time,
  reason: z.string().catch(''),
  failures: Count,
  calls: Count,
  threshold: Count,
  resetTimeoutMs: Count,
  halfOpenSuccessCount: Count,
  forced: z.unknown().optional(),
});

const Answer = z.object({
  service: z.string().optional(),
  reporter: z.string().optional(),
  instance: z.string().optional(),
  circuits: z.array(Circuit),
});

/** Reads the answer of GET /api/health/circuits; throws with the first fault. The target's own names serve where it gives none. */
export function parseCircuitsAnswer(text: string, target: { job: string; instance: string }): PolledCircuit[] {
  const result = Answer.safeParse(JSON.parse(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const answer = result.data;
  return answer.circuits.map((circuit) => ({
    name: circuit.service,
    service: circuit.reporter ?? answer.reporter ?? answer.service ?? target.job,
    instance: circuit.instance ?? answer.instance ?? target.instance,
    state: forcedState(circuit.state, circuit.forced),
    sinceMs: circuit.since,
    reason: circuit.reason,
    failures: circuit.failures,
    calls: circuit.calls,
    threshold: circuit.threshold,
    resetTimeoutMs: circuit.resetTimeoutMs,
    halfOpenSuccessCount: circuit.halfOpenSuccessCount,
    nextAttemptMs: circuit.nextAttemptAt ?? 0,
  }));
}

/** An owner may say that a breaker is forced beside its state instead of in it. */
function forcedState(state: CircuitState, forced: unknown): CircuitState {
  if (!forced) return state;
  if (state === 'open') return 'forced_open';
  return state === 'closed' ? 'forced_closed' : state;
}
