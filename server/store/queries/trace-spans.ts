import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { OF_TRACE, TRACE_BOUNDS } from './trace-bounds.ts';

const Attributes = z.record(z.string(), z.string());
const TraceSpan = z.object({
  spanId: z.string(),
  parentSpanId: z.string(),
  service: z.string(),
  instance: z.string(),
  operation: z.string(),
  kind: z.number(),
  /** Since 1970. */
  startUs: z.number(),
  durationUs: z.number(),
  status: z.number(),
  statusMessage: z.string(),
  attributes: Attributes,
  resourceAttributes: Attributes,
  eventUs: z.array(z.number()),
  eventNames: z.array(z.string()),
  eventAttributes: z.array(Attributes),
  linkTraceIds: z.array(z.string()),
  linkSpanIds: z.array(z.string()),
});
export type TraceSpan = z.infer<typeof TraceSpan>;

/** The spans of one trace in the order in which they began. */
export function readTraceSpans(store: Store, traceId: string, limit: number): Promise<TraceSpan[]> {
  return store.query({
    name: 'trace-spans',
    sql: `
      WITH ${TRACE_BOUNDS} AS bounds
      SELECT lower(hex(span_id)) AS spanId, lower(hex(parent_span_id)) AS parentSpanId, service_name AS service,
        service_instance_id AS instance, name AS operation, kind, intDiv(toUnixTimestamp64Nano(timestamp), 1000) AS startUs,
        duration_ns / 1000 AS durationUs, status_code AS status, status_message AS statusMessage, attributes,
        resource_attributes AS resourceAttributes,
        arrayMap(time -> intDiv(toUnixTimestamp64Nano(time), 1000), event_timestamps) AS eventUs,
        event_names AS eventNames, event_attributes AS eventAttributes,
        arrayMap(id -> lower(hex(id)), link_trace_ids) AS linkTraceIds,
        arrayMap(id -> lower(hex(id)), link_span_ids) AS linkSpanIds
      FROM spans
      WHERE ${OF_TRACE}
      ORDER BY timestamp, spanId
      LIMIT {limit:UInt32}`,
    params: { id: traceId, limit },
    row: TraceSpan,
  });
}
