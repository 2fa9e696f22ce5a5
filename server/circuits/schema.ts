import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

export const CircuitState = z.enum(['closed', 'open', 'half_open', 'forced_open', 'forced_closed']);
export type CircuitState = z.infer<typeof CircuitState>;

/** One breaker as one instance of its owner reports it. */
export interface CircuitInstance {
  instance: string;
  state: CircuitState;
  sinceMs: number;
  reason: string;
  failures: number;
  calls: number;
  threshold: number;
  resetTimeoutMs: number;
  halfOpenSuccessCount: number;
  nextAttemptMs: number | null;
  lastSeenMs: number;
}

/** A breaker: `reporter` is the service that owns it (the gateway), `name` the service that it guards. */
export interface Circuit {
  name: string;
  reporter: string;
  /** The worst state over the instances: forced_open, open, half_open, forced_closed, closed. */
  state: CircuitState;
  sinceMs: number;
  instances: CircuitInstance[];
  /** Calls through the breaker in the last minute, and how many of them failed or were refused. */
  callsPerS: number;
  failureRatio: number | null;
  rejectedPerS: number;
}

export interface CircuitTransition {
  tMs: number;
  name: string;
  reporter: string;
  instance: string;
  state: CircuitState;
  previousState: CircuitState;
  reason: string;
  failures: number;
  calls: number;
  threshold: number;
  nextAttemptMs: number | null;
  /** Hex ids of the calls that failed. */
  traceIds: string[];
  /** `push`: reported as it happened. `poll`: found by reconciliation, the time is that of the poll. */
  source: 'push' | 'poll';
}

export const ListTransitionsInput = z.object({
  range: TimeRange,
  name: z.string().max(200).optional(),
  reporter: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(500).default(100),
});
export type ListTransitionsInput = z.input<typeof ListTransitionsInput>;
