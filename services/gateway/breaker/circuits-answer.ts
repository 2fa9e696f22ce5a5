import type { Breaker } from './breaker.ts';
import { FAILURE_PERCENT_DEFAULT } from './decide.ts';

export interface CircuitsAnswer {
  /** Who owns the breakers. */
  reporter: string;
  instance: string;
  circuits: CircuitAnswer[];
}

export interface CircuitAnswer {
  service: string;
  state: string;
  /** What the calls alone would make of it. */
  computed: string;
  since: string;
  reason: string;
  failures: number;
  calls: number;
  threshold: number;
  resetTimeoutMs: number;
  halfOpenSuccessCount: number;
  /** 0 where failures count in a row only. */
  windowMs: number;
  failurePercent: number;
  /** Null where whoever makes the calls has not said. */
  answerTimeoutMs: number | null;
  retriesMax: number | null;
  nextAttemptAt: string | null;
  forced: 'open' | 'closed' | null;
  forcedUntil: string | null;
  forcedReason: string | null;
  forcedBy: string | null;
}

/** The answer of GET /api/health/circuits. */
export function answerCircuits(
  breakers: Iterable<Breaker>,
  owner: { reporter: string; instance: string },
): CircuitsAnswer {
  return { ...owner, circuits: Array.from(breakers, answerCircuit) };
}

export function answerCircuit(breaker: Breaker): CircuitAnswer {
  const { name, state, sinceMs, reason, memory, settings, forced, nextAttemptMs } = breaker;
  return {
    service: name,
    state,
    computed: memory.state,
    since: new Date(sinceMs).toISOString(),
    reason,
    failures: memory.failures,
    calls: memory.calls,
    threshold: settings.failureThreshold,
    resetTimeoutMs: settings.resetTimeoutMs,
    halfOpenSuccessCount: settings.halfOpenSuccessCount,
    windowMs: settings.windowMs ?? 0,
    failurePercent: settings.failurePercent ?? FAILURE_PERCENT_DEFAULT,
    answerTimeoutMs: settings.answerTimeoutMs ?? null,
    retriesMax: settings.retriesMax ?? null,
    nextAttemptAt: toIso(nextAttemptMs),
    forced: forced?.side ?? null,
    forcedUntil: toIso(forced?.untilMs ?? null),
    forcedReason: forced?.reason ?? null,
    forcedBy: forced?.by ?? null,
  };
}

function toIso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
