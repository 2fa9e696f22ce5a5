import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { OF_TRACE, TRACE_BOUNDS } from './trace-bounds.ts';

const Columns = z.object({
  count: z.number(),
  /** Of the whole trace. */
  total: z.number(),
  /** Since 1970. */
  originUs: z.number(),
  endUs: z.number(),
  spanIds: z.string(),
  parentIds: z.string(),
  service: z.array(z.string()),
  operation: z.array(z.string()),
  startUs: z.string(),
  durationUs: z.string(),
  status: z.string(),
  outcomes: z.array(z.tuple([z.number(), z.string()])),
  events: z.array(z.tuple([z.number(), z.array(z.number())])),
});
export type TraceColumns = z.infer<typeof Columns>;

/** The earliest spans of one trace, all in one row: thousands of rows of their own would cost their reader more than the store. */
export async function readTraceColumns(
  store: Store,
  traceId: string,
  limit: number,
): Promise<TraceColumns | undefined> {
  const [row] = await store.query({
    name: 'trace-outline',
    sql: `
      WITH ${TRACE_BOUNDS} AS bounds
      SELECT count() AS count, (SELECT count() FROM spans WHERE ${OF_TRACE}) AS total,
        min(us) AS originUs, max(us + length_us) AS endUs,
        arrayStringConcat(groupArray(lower(hex(span_id)))) AS spanIds,
        arrayStringConcat(groupArray(lower(hex(parent_span_id)))) AS parentIds,
        groupArray(service_name) AS service, groupArray(name) AS operation,
        arrayStringConcat(arrayMap(at -> toString(at - originUs), groupArray(us)), ' ') AS startUs,
        arrayStringConcat(groupArray(toString(length_us)), ' ') AS durationUs,
        arrayStringConcat(groupArray(toString(least(status_code, 9)))) AS status,
        arrayFilter(met -> met.2 != '', arrayZip(range(count()), groupArray(toString(circuit_breaker_outcome)))) AS outcomes,
        arrayFilter(had -> notEmpty(had.2), arrayZip(range(count()), groupArray(event_us))) AS events
      FROM (
        SELECT span_id, parent_span_id, service_name, name, status_code, circuit_breaker_outcome,
          intDiv(toUnixTimestamp64Nano(timestamp), 1000) AS us, duration_ns / 1000 AS length_us,
          arrayMap(time -> intDiv(toUnixTimestamp64Nano(time), 1000) - us, event_timestamps) AS event_us
        FROM spans
        WHERE ${OF_TRACE}
        ORDER BY timestamp, span_id
        LIMIT {limit:UInt32}
      )`,
    params: { id: traceId, limit },
    row: Columns,
  });
  return row;
}
