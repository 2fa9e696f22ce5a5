import { ClickHouseError } from '@clickhouse/client';
import { AppError } from '#server/errors.ts';
import { tooManySamples } from '../evaluate/evaluation.ts';
import { PromqlError } from '../promql-error.ts';

/** What the store refused, in the words and kinds of Prometheus. */
export function toPromqlError(cause: unknown): unknown {
  if (!(cause instanceof AppError)) return cause;
  const refusal = cause.cause instanceof ClickHouseError ? cause.cause.type : undefined;
  if (refusal === 'TOO_MANY_ROWS_OR_BYTES') return tooManySamples();
  if (refusal === 'TIMEOUT_EXCEEDED')
    return new PromqlError('timeout', 'query timed out in query execution', { cause });
  const busy = cause.code === 'UNAVAILABLE' || cause.code === 'TOO_MANY_REQUESTS';
  return new PromqlError(busy ? 'unavailable' : 'execution', cause.message, { cause });
}
