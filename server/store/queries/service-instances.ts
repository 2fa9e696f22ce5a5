import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, SERVED, windowParams } from './span-conditions.ts';

const InstanceTotals = z.object({
  service: z.string(),
  instance: z.string(),
  version: z.string(),
  spans: z.number(),
  served: z.number(),
  lastSeenMs: z.number(),
});
export type InstanceTotals = z.infer<typeof InstanceTotals>;

const INSTANCES_MAX = 20_000;

/** Who exported spans in the window, newest first; of these services only when any are named. */
export function readServiceInstances(
  store: Store,
  range: TimeRange,
  services: readonly string[] = [],
): Promise<InstanceTotals[]> {
  return store.query({
    name: 'service-instances',
    sql: `
      SELECT service_name AS service, service_instance_id AS instance, argMax(service_version, timestamp) AS version,
        sum(adjusted_count) AS spans, sumIf(adjusted_count, ${SERVED}) AS served, toUnixTimestamp64Milli(max(timestamp)) AS lastSeenMs
      FROM spans
      WHERE ${IN_WINDOW} AND (empty({services:Array(String)}) OR service_name IN {services:Array(String)})
      GROUP BY service, instance
      ORDER BY lastSeenMs DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), services, limit: INSTANCES_MAX },
    row: InstanceTotals,
  });
}
