import { ZodError } from 'zod';

/** Each waits longer, the sum is most of a minute: a neighbour that restarts is back by then. */
export const RETRY_DELAYS_MS = [200, 1_000, 5_000, 20_000] as const;
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;

/** Thrown by a handler for what no repetition will mend. */
export class HopelessEventError extends Error {
  override readonly name = 'HopelessEventError';
}

export type Failure = { kind: 'retry'; delayMs: number } | { kind: 'dead'; reason: 'hopeless' | 'attempts' };

/** What becomes of an event whose handling failed for the `attempt`th time. */
export function decideFailure(error: unknown, attempt: number): Failure {
  if (error instanceof HopelessEventError || error instanceof ZodError) return { kind: 'dead', reason: 'hopeless' };
  const delayMs = RETRY_DELAYS_MS[attempt - 1];
  return delayMs === undefined ? { kind: 'dead', reason: 'attempts' } : { kind: 'retry', delayMs };
}
