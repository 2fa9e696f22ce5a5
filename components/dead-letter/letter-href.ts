import type { DeadLetterRow } from '#server/dead-letters/schema.ts';

const AROUND_MS = 10 * 60_000;

/** The trace of the attempt that failed last; null without one. */
export function letterTraceHref({ traceId }: Pick<DeadLetterRow, 'traceId'>): string | null {
  return /^[0-9a-f]{32}$/.test(traceId) ? `/traces/${traceId}` : null;
}

/** The lines of the request that everything came from, around the time of the event. */
export function correlationHref(correlationId: string, occurredMs: number): string {
  const params = new URLSearchParams({
    field: `request_id=${correlationId}`,
    from: String(occurredMs - AROUND_MS),
    to: String(occurredMs + AROUND_MS),
  });
  return `/logs?${params}`;
}
