import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';

const Bounds = z.object({ traces: z.number(), fromMs: z.number(), toMs: z.number() });

/** Between which whole seconds the spans of these traces began, both inclusive; null when there are none. */
export async function readTraceBounds(store: Store, traceIds: readonly string[]): Promise<TimeRange | null> {
  const [row] = await store.query({
    name: 'trace-bounds',
    sql: `
      SELECT count() AS traces, toInt64(toUnixTimestamp(min(min_timestamp))) * 1000 AS fromMs,
        toInt64(toUnixTimestamp(max(max_timestamp))) * 1000 AS toMs
      FROM trace_times
      WHERE trace_hash IN (SELECT cityHash64(toFixedString(unhex(arrayJoin({ids:Array(String)})), 16)))`,
    params: { ids: traceIds },
    row: Bounds,
  });
  return row && row.traces > 0 ? { fromMs: row.fromMs, toMs: row.toMs } : null;
}
