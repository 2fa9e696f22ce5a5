import type { CircuitState } from '#server/circuits/schema.ts';
import type { TransitionRow } from '#server/decode/circuit-transition.ts';

/** The last that is known of a breaker of an instance. */
export interface KnownCircuit {
  state: CircuitState;
  /** When it is known to have been so. */
  atMs: number;
}

/** A breaker as its owner answered when asked. */
export interface PolledCircuit {
  name: string;
  service: string;
  instance: string;
  state: CircuitState;
  /** Undefined when the owner does not say. */
  sinceMs: number | undefined;
  reason: string;
  failures: number;
  calls: number;
  threshold: number;
  resetTimeoutMs: number;
  halfOpenSuccessCount: number;
  nextAttemptMs: number;
}

export function circuitKey({ service, name, instance }: Pick<PolledCircuit, 'service' | 'name' | 'instance'>): string {
  return JSON.stringify([service, name, instance]);
}

/** A push needs this long to arrive (exporters gather for up to half a second); only what is older was missed. */
const PUSH_MS_MAX = 2_000;

/**
 * The transitions that a poll shows to have been missed, dated to the poll. A breaker seen for the first time gets a row
 * too, so that one that never trips is in the store; it says so, and is no change when the breaker is closed.
 */
export function reconcile(
  known: ReadonlyMap<string, KnownCircuit>,
  polled: readonly PolledCircuit[],
  nowMs: number,
): TransitionRow[] {
  return polled.flatMap((circuit) => {
    const last = known.get(circuitKey(circuit));
    if (last?.state === circuit.state) return [];
    if (circuit.sinceMs !== undefined) {
      const isFresh = nowMs - circuit.sinceMs < PUSH_MS_MAX;
      const isOutdated = last !== undefined && circuit.sinceMs < last.atMs;
      const mayBePushed = last !== undefined || circuit.state !== 'closed';
      if (isOutdated || (isFresh && mayBePushed)) return [];
    }
    const { sinceMs: _, ...rest } = circuit;
    return [
      {
        ...rest,
        timestampMs: nowMs,
        previousState: last?.state ?? 'closed',
        reason: circuit.reason || (last ? 'found by polling' : 'first seen'),
        traceIds: [],
        source: 'poll' as const,
      },
    ];
  });
}
