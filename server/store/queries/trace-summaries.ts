import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';

const TraceService = z.object({
  traceId: z.string(),
  service: z.string(),
  spans: z.number(),
  errors: z.number(),
  /** Calls that an open breaker refused. */
  refused: z.number(),
  startUs: z.number(),
  endUs: z.number(),
  /** The service's span that stands first: the one without a parent, or else the earliest. */
  isRoot: z.coerce.boolean(),
  firstOperation: z.string(),
  firstUs: z.number(),
});
export type TraceService = z.infer<typeof TraceService>;

/** Each service's part in each of the traces, whose bounds are known. */
export function readTraceSummaries(
  store: Store,
  traceIds: readonly string[],
  bounds: TimeRange,
): Promise<TraceService[]> {
  return store.query({
    name: 'trace-summaries',
    sql: `
      SELECT lower(hex(trace_id)) AS traceId, service_name AS service, count() AS spans, countIf(status_code = 2) AS errors,
        countIf(circuit_breaker_outcome = 'rejected') AS refused,
        intDiv(min(toUnixTimestamp64Nano(timestamp)), 1000) AS startUs,
        intDiv(max(toUnixTimestamp64Nano(timestamp) + toInt64(duration_ns)), 1000) AS endUs,
        max(parent_span_id = toFixedString('', 8)) AS isRoot,
        argMin(name, (parent_span_id <> toFixedString('', 8), timestamp)) AS firstOperation,
        intDiv(toUnixTimestamp64Nano(argMin(timestamp, (parent_span_id <> toFixedString('', 8), timestamp))), 1000) AS firstUs
      FROM spans
      WHERE timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp <= fromUnixTimestamp64Milli({to:Int64})
        AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
      GROUP BY trace_id, service
      ORDER BY trace_id, startUs, service`,
    params: { ids: traceIds, from: bounds.fromMs, to: bounds.toMs },
    row: TraceService,
  });
}
