import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { LOG_ID, logCondition, type LogFilter } from './log-filter.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

const LogLineRow = z.object({
  id: z.string(),
  tMs: z.number(),
  service: z.string(),
  instance: z.string(),
  severityNumber: z.number(),
  severityText: z.string(),
  body: z.string(),
  eventName: z.string(),
  traceId: z.string().transform((id) => id || null),
  spanId: z.string().transform((id) => id || null),
  attributes: z.record(z.string(), z.string()),
});
export type LogLineRow = z.infer<typeof LogLineRow>;

const COLUMNS = `${LOG_ID} AS id,
  toUnixTimestamp64Milli(timestamp) AS tMs, service_name AS service, service_instance_id AS instance,
  severity_number AS severityNumber, severity_text AS severityText, body, event_name AS eventName,
  if(trace_id = toFixedString('', 16), '', lower(hex(trace_id))) AS traceId,
  if(span_id = toFixedString('', 8), '', lower(hex(span_id))) AS spanId, attributes`;

/** The newest lines that match, newest first. */
export function readLogLines(store: Store, filter: LogFilter, limit: number): Promise<LogLineRow[]> {
  const { condition, params } = logCondition(filter);
  return store.query({
    name: 'log-lines',
    sql: `
      SELECT ${COLUMNS}
      FROM logs
      WHERE ${condition}
      ORDER BY timestamp DESC, id
      LIMIT {limit:UInt32}`,
    params: { ...params, limit },
    row: LogLineRow,
  });
}

/** The lines of one trace in the order in which they were written. */
export function readTraceLogs(store: Store, traceId: string, range: TimeRange, limit: number): Promise<LogLineRow[]> {
  return store.query({
    name: 'trace-logs',
    sql: `
      SELECT ${COLUMNS}
      FROM logs
      WHERE ${IN_WINDOW} AND trace_id = toFixedString(unhex({id:String}), 16)
      ORDER BY timestamp
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), id: traceId, limit },
    row: LogLineRow,
  });
}
