import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { FAILED, IN_WINDOW, SERVED, windowParams } from './span-conditions.ts';

const RecentErrorRow = z.object({
  tMs: z.number(),
  traceId: z.string(),
  spanId: z.string(),
  operation: z.string(),
  errorType: z.string(),
  message: z.string(),
  durationMs: z.number(),
});
export type RecentErrorRow = z.infer<typeof RecentErrorRow>;

/** The newest failed requests of a service; the message is that of the status, or else of the exception recorded on the span. */
export function readRecentErrors(
  store: Store,
  service: string,
  range: TimeRange,
  limit: number,
): Promise<RecentErrorRow[]> {
  return store.query({
    name: 'recent-errors',
    sql: `
      WITH (SELECT count() FROM (SELECT 1 FROM spans WHERE ${IN_WINDOW} AND service_name = {service:String} AND ${SERVED} LIMIT 1)) AS serves,
        arrayFirst(event -> event['exception.message'] <> '', event_attributes) AS exception
      SELECT toUnixTimestamp64Milli(timestamp) AS tMs, lower(hex(trace_id)) AS traceId, lower(hex(span_id)) AS spanId,
        name AS operation,
        multiIf(error_type <> '', error_type, exception['exception.type'] <> '', exception['exception.type'],
          http_response_status_code > 0, toString(http_response_status_code), '') AS errorType,
        multiIf(status_message <> '', status_message, exception['exception.message'] <> '', exception['exception.message'],
          http_response_status_code > 0, concat('HTTP ', toString(http_response_status_code)), '') AS message,
        duration_ns / 1e6 AS durationMs
      FROM spans
      WHERE ${IN_WINDOW} AND service_name = {service:String} AND ${FAILED} AND (${SERVED} OR serves = 0)
      ORDER BY timestamp DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), service, limit },
    row: RecentErrorRow,
  });
}
