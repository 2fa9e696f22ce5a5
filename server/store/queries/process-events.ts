import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

const ProcessEventRow = z.object({
  tMs: z.number(),
  event: z.enum(['switchyard.process.exit', 'switchyard.process.start']),
  process: z.string(),
  exitCode: z.string(),
  signal: z.string(),
  downtimeMs: z.string(),
});
export type ProcessEventRow = z.infer<typeof ProcessEventRow>;

/** What the supervisor reported of processes that died and came back, newest first. */
export function readProcessEvents(store: Store, range: TimeRange, limit: number): Promise<ProcessEventRow[]> {
  return store.query({
    name: 'process-events',
    sql: `
      SELECT toUnixTimestamp64Milli(timestamp) AS tMs, event_name AS event, attributes['process.name'] AS process,
        attributes['process.exit.code'] AS exitCode, attributes['process.signal'] AS signal,
        attributes['switchyard.process.downtime_ms'] AS downtimeMs
      FROM logs
      WHERE ${IN_WINDOW} AND service_name = 'switchyard-supervisor'
        AND event_name IN ('switchyard.process.exit', 'switchyard.process.start')
      ORDER BY timestamp DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), limit },
    row: ProcessEventRow,
  });
}
