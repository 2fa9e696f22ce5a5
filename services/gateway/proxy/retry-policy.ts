import { ExponentialBackoff, fullJitterGenerator, handleWhenResult, retry, type RetryPolicy } from 'cockatiel';
import type { Breaker } from '../breaker/breaker.ts';
import type { CallResult } from './call-upstream.ts';
import type { Route } from './routes.ts';

/** One more try heals a lost connection; more would multiply the load on a service in trouble. */
const RETRIES_MAX = 1;
const RETRY_DELAY_MS = 50;
const RETRYABLE_STATUS = new Set([502, 503, 504]);
const IDEMPOTENT_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Repeats a call once, after a random pause, unless the breaker would refuse it or is tuned to no retries. */
export function createRetryPolicy(breaker: Breaker): RetryPolicy {
  const policy = handleWhenResult(
    (result) => breaker.settings.retriesMax !== 0 && isWorthRetrying(result as CallResult) && breaker.isPassable,
  );
  return retry(policy, {
    maxAttempts: RETRIES_MAX,
    backoff: new ExponentialBackoff({
      generator: fullJitterGenerator,
      initialDelay: RETRY_DELAY_MS,
      maxDelay: RETRY_DELAY_MS,
    }),
  });
}

/** May a request be sent twice and mean the same? */
export function isRepeatable(
  { honoursIdempotencyKey }: Pick<Route, 'honoursIdempotencyKey'>,
  method: string,
  idempotencyKey: string | undefined,
): boolean {
  return IDEMPOTENT_METHODS.has(method) || (honoursIdempotencyKey && Boolean(idempotencyKey));
}

function isWorthRetrying(result: CallResult): boolean {
  if (result.kind === 'answer') return RETRYABLE_STATUS.has(result.status);
  return result.kind === 'fault' && result.fault.isRetryable;
}
