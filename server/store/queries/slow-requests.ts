import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { FAILED, IN_WINDOW, SERVED, windowParams } from './span-conditions.ts';

const SlowRequestRow = z.object({
  tMs: z.number(),
  traceId: z.string(),
  spanId: z.string(),
  operation: z.string(),
  durationMs: z.number(),
  failed: z.coerce.boolean(),
});
export type SlowRequestRow = z.infer<typeof SlowRequestRow>;

/** The requests that a service took longest for (or that it made, when it serves nobody), the slowest first. */
export function readSlowRequests(
  store: Store,
  service: string,
  range: TimeRange,
  limit: number,
): Promise<SlowRequestRow[]> {
  return store.query({
    name: 'slow-requests',
    sql: `
      WITH (SELECT count() FROM (SELECT 1 FROM spans WHERE ${IN_WINDOW} AND service_name = {service:String} AND ${SERVED} LIMIT 1)) AS serves
      SELECT toUnixTimestamp64Milli(timestamp) AS tMs, lower(hex(trace_id)) AS traceId, lower(hex(span_id)) AS spanId,
        name AS operation, duration_ns / 1e6 AS durationMs, ${FAILED} AS failed
      FROM spans
      WHERE ${IN_WINDOW} AND service_name = {service:String} AND (${SERVED} OR serves = 0)
      ORDER BY duration_ns DESC, timestamp DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), service, limit },
    row: SlowRequestRow,
  });
}
