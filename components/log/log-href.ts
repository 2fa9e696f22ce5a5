import type { LogLine } from '#server/logs/schema.ts';

const AROUND_MS = 60_000;

/** What the service wrote a minute before and after a line, with the line open. */
export function contextHref({ id, service, tMs }: Pick<LogLine, 'id' | 'service' | 'tMs'>): string {
  const params = new URLSearchParams({
    service,
    from: String(Math.floor(tMs) - AROUND_MS),
    to: String(Math.ceil(tMs) + AROUND_MS),
    line: id,
  });
  return `/logs?${params}`;
}

/** All that was written within a trace, around the time of one of its lines. */
export function traceLogsHref(traceId: string, tMs: number): string {
  const params = new URLSearchParams({
    trace: traceId,
    from: String(Math.floor(tMs) - 10 * AROUND_MS),
    to: String(Math.ceil(tMs) + 10 * AROUND_MS),
  });
  return `/logs?${params}`;
}

/** The span that wrote a line, or else its trace. */
export function spanHref({ traceId, spanId }: Pick<LogLine, 'traceId' | 'spanId'>): string {
  return `/traces/${traceId}${spanId ? `?span=${spanId}` : ''}`;
}
