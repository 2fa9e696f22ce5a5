import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { OF_TRACE, TRACE_BOUNDS } from './trace-bounds.ts';

const Attributes = z.record(z.string(), z.string());
const ExportedSpan = z.object({
  spanId: z.string(),
  parentSpanId: z.string(),
  traceState: z.string(),
  scope: z.string(),
  service: z.string(),
  name: z.string(),
  kind: z.number(),
  /** Nanoseconds since 1970 are beyond what a JavaScript number holds. */
  startNs: z.string(),
  endNs: z.string(),
  status: z.number(),
  statusMessage: z.string(),
  attributes: Attributes,
  resourceAttributes: Attributes,
  eventNs: z.array(z.string()),
  eventNames: z.array(z.string()),
  eventAttributes: z.array(Attributes),
  linkTraceIds: z.array(z.string()),
  linkSpanIds: z.array(z.string()),
});
export type ExportedSpan = z.infer<typeof ExportedSpan>;

/** The spans of one trace with nothing rounded and nothing left out, those of a resource and scope together. */
export function readTraceExport(store: Store, traceId: string, limit: number): Promise<ExportedSpan[]> {
  return store.query({
    name: 'trace-export',
    sql: `
      WITH ${TRACE_BOUNDS} AS bounds
      SELECT lower(hex(span_id)) AS spanId, lower(hex(parent_span_id)) AS parentSpanId, trace_state AS traceState,
        scope_name AS scope, service_name AS service, name, kind, toString(toUnixTimestamp64Nano(timestamp)) AS startNs,
        toString(toUnixTimestamp64Nano(timestamp) + toInt64(duration_ns)) AS endNs, status_code AS status,
        status_message AS statusMessage, attributes, resource_attributes AS resourceAttributes,
        arrayMap(time -> toString(toUnixTimestamp64Nano(time)), event_timestamps) AS eventNs, event_names AS eventNames,
        event_attributes AS eventAttributes, arrayMap(id -> lower(hex(id)), link_trace_ids) AS linkTraceIds,
        arrayMap(id -> lower(hex(id)), link_span_ids) AS linkSpanIds
      FROM spans
      WHERE ${OF_TRACE}
      ORDER BY timestamp, spanId
      LIMIT {limit:UInt32}`,
    params: { id: traceId, limit },
    row: ExportedSpan,
  });
}
