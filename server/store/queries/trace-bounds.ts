import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';

/** `WITH ${TRACE_BOUNDS} AS bounds SELECT … WHERE ${OF_TRACE}` are the spans of the trace {id:String}: the bounds are found first, and are constants of what is read. */
export const TRACE_BOUNDS = `
  (SELECT (min(min_timestamp), max(max_timestamp)) FROM trace_times WHERE trace_hash = cityHash64(toFixedString(unhex({id:String}), 16)))`;
export const OF_TRACE =
  'timestamp >= bounds.1 AND timestamp <= bounds.2 AND trace_id = toFixedString(unhex({id:String}), 16)';

const Bounds = z.object({ traces: z.number(), fromMs: z.number(), toMs: z.number() });

/** Between which whole seconds the spans of these traces began, both inclusive; null when there are none. */
export async function readTraceBounds(store: Store, traceIds: readonly string[]): Promise<TimeRange | null> {
  const [row] = await store.query({
    name: 'trace-bounds',
    sql: `
      SELECT count() AS traces, toInt64(toUnixTimestamp(min(min_timestamp))) * 1000 AS fromMs,
        toInt64(toUnixTimestamp(max(max_timestamp))) * 1000 AS toMs
      FROM trace_times
      WHERE trace_hash IN arrayMap(id -> cityHash64(toFixedString(unhex(id), 16)), {ids:Array(String)})`,
    params: { ids: traceIds },
    row: Bounds,
  });
  return row && row.traces > 0 ? { fromMs: row.fromMs, toMs: row.toMs } : null;
}
