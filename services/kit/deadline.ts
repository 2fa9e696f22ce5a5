import { AsyncLocalStorage } from 'node:async_hooks';
import { trace } from '@opentelemetry/api';

/**
 * How long who sent a request still waits for its answer: milliseconds, and no point in time, because clocks differ. gRPC's is
 * `grpc-timeout`, which its library writes and reads.
 */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';
const MS = /^\d{1,8}$/;

const deadlines = new AsyncLocalStorage<number>();

/** What a header says; undefined for none, or for one that cannot be read. */
export function readTimeoutMs(sent: string | string[] | undefined): number | undefined {
  return typeof sent === 'string' && MS.test(sent) ? Number(sent) : undefined;
}

/** Runs `work` for a caller who waits `leftMs` more; without that, for one who waits for ever. */
export function workWithin<Result>(leftMs: number | undefined, work: () => Result): Result {
  return leftMs === undefined ? work() : deadlines.run(performance.now() + leftMs, work);
}

/** How long the caller of what is being done still waits: Infinity where nobody said. */
export function timeLeftMs(): number {
  const deadlineMs = deadlines.getStore();
  return deadlineMs === undefined ? Infinity : deadlineMs - performance.now();
}

/** Says on the span of a request that its work was left undone, because nobody waits for it. */
export function noteDeadlineExceeded(): void {
  trace.getActiveSpan()?.setAttribute('deadline.exceeded', true);
}
