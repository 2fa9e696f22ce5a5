import { ClickHouseError } from '@clickhouse/client';
import { AppError, type AppErrorCode } from '#server/errors.ts';

/** What the store said to a question, turned into a message that says what to do; `name` is the question's. */
export function toStoreError(cause: unknown, name: string): AppError {
  return translate(cause, name, QUESTION_ADVICE);
}

/** The same for rows: what is too much for a question is, for a segment of bounded size, a store that is busy. */
export function toInsertError(cause: unknown, name: string): AppError {
  return translate(cause, name, INSERT_ADVICE);
}

/** True when the same request may succeed later: the store was away or busy, rather than the request wrong. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TOO_MANY_REQUESTS');
}

type Advice = Record<string, [AppErrorCode, string]>;

const BOTH: Advice = {
  TOO_MANY_SIMULTANEOUS_QUERIES: [
    'TOO_MANY_REQUESTS',
    'The telemetry store has as much to do as it can take. Try again in a moment.',
  ],
  NOT_ENOUGH_SPACE: [
    'UNAVAILABLE',
    'The disk of the telemetry store is full. Free space, or keep telemetry for a shorter time.',
  ],
  UNKNOWN_TABLE: [
    'UNAVAILABLE',
    'The telemetry store has no such table yet. Start the console or run `npm run migrate` to apply the schema.',
  ],
  UNKNOWN_DATABASE: [
    'UNAVAILABLE',
    'The telemetry store has no such database yet. Start the console or run `npm run migrate` to apply the schema.',
  ],
};

const QUESTION_ADVICE: Advice = {
  ...BOTH,
  TIMEOUT_EXCEEDED: [
    'TOO_LARGE',
    'This question took the telemetry store too long. Ask about a shorter time range or fewer services.',
  ],
  MEMORY_LIMIT_EXCEEDED: [
    'TOO_LARGE',
    'This question needs more memory than the telemetry store may use. Ask about a shorter time range, or raise ENGINE_MEMORY_BYTES.',
  ],
  TOO_MANY_ROWS_OR_BYTES: [
    'TOO_LARGE',
    'This question has too long an answer. Ask about a shorter time range or fewer services.',
  ],
};

const INSERT_ADVICE: Advice = {
  ...BOTH,
  TOO_MANY_PARTS: [
    'UNAVAILABLE',
    'The telemetry store is still merging what it was given. It will take more in a moment.',
  ],
  TIMEOUT_EXCEEDED: ['UNAVAILABLE', 'The telemetry store is too busy to take telemetry.'],
  MEMORY_LIMIT_EXCEEDED: [
    'UNAVAILABLE',
    'The telemetry store has no memory left to take telemetry. If this goes on, raise ENGINE_MEMORY_BYTES.',
  ],
};

function translate(cause: unknown, name: string, advice: Advice): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof ClickHouseError) {
    const [code, message] = advice[cause.type ?? ''] ?? [
      'INTERNAL',
      `The telemetry store refused: ${cause.message.trim()}`,
    ];
    return new AppError(code, `${message} (${name})`, { cause });
  }
  const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : String(cause);
  return new AppError(
    'UNAVAILABLE',
    `The telemetry store does not answer: ${reason}. Is the engine running, and CLICKHOUSE_URL right? (${name})`,
    { cause },
  );
}
