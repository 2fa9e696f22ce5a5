import { ClickHouseError } from '@clickhouse/client';
import { AppError } from '#server/errors.ts';

/** What the store said, turned into a message that says what to do; `name` is the query's. */
export function toStoreError(cause: unknown, name: string): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof ClickHouseError) {
    const advice = ADVICE[cause.type ?? ''];
    if (advice) return new AppError(advice.code, `${advice.message} (query ${name})`, { cause });
    return new AppError('INTERNAL', `The telemetry store refused the query ${name}: ${cause.message}`, { cause });
  }
  const reason =
    cause instanceof Error ? cause.message || ((cause as { code?: string }).code ?? cause.name) : String(cause);
  return new AppError(
    'UNAVAILABLE',
    `The telemetry store does not answer (query ${name}): ${reason}. Is the engine running, or is CLICKHOUSE_URL right?`,
    { cause },
  );
}

/** True when the same request may succeed later: the store was away or busy, rather than the request wrong. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TOO_MANY_REQUESTS');
}

const ADVICE: Record<string, { code: 'TOO_LARGE' | 'UNAVAILABLE' | 'TOO_MANY_REQUESTS'; message: string }> = {
  TIMEOUT_EXCEEDED: {
    code: 'TOO_LARGE',
    message: 'This question took the telemetry store too long. Ask about a shorter time range or fewer services.',
  },
  MEMORY_LIMIT_EXCEEDED: {
    code: 'TOO_LARGE',
    message:
      'This question needs more memory than the telemetry store has. Ask about a shorter time range, or raise ENGINE_MEMORY_BYTES.',
  },
  TOO_MANY_SIMULTANEOUS_QUERIES: {
    code: 'TOO_MANY_REQUESTS',
    message: 'The telemetry store is answering as many questions as it can. Try again in a moment.',
  },
  TOO_MANY_ROWS_OR_BYTES: {
    code: 'TOO_LARGE',
    message: 'This question has too large an answer. Ask about a shorter time range or fewer services.',
  },
  TOO_MANY_PARTS: {
    code: 'TOO_MANY_REQUESTS',
    message: 'The telemetry store is merging what it was given and cannot take more yet. Try again in a moment.',
  },
  NOT_ENOUGH_SPACE: {
    code: 'UNAVAILABLE',
    message: 'The disk of the telemetry store is full. Free space or shorten the retention.',
  },
  UNKNOWN_TABLE: {
    code: 'UNAVAILABLE',
    message: 'The telemetry store has no such table yet. Apply the schema (npm run migrate).',
  },
  UNKNOWN_DATABASE: {
    code: 'UNAVAILABLE',
    message: 'The telemetry store has no such database yet. Apply the schema (npm run migrate).',
  },
};
