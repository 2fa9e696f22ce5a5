import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { RED_SERVICE_ROWS, redParams } from './red-rows.ts';
import { IN_WINDOW, SERVED, windowParams } from './span-conditions.ts';

const ServiceCount = z.object({ service: z.string(), bucket: z.number(), requests: z.number() });
export type ServiceCount = z.infer<typeof ServiceCount>;

/** Requests of every service by bucket, counted from the start of the window. */
export function readServiceCounts(store: Store, range: TimeRange, stepMs: number): Promise<ServiceCount[]> {
  return store.query({
    name: 'service-counts',
    sql: `
      WITH servers AS (SELECT DISTINCT service_name FROM spans WHERE ${IN_WINDOW} AND ${SERVED})
      SELECT service_name AS service, intDiv(toUnixTimestamp64Milli(timestamp) - {from:Int64}, {step:Int64}) AS bucket,
        sum(adjusted_count) AS requests
      FROM spans
      WHERE ${IN_WINDOW} AND (${SERVED} OR service_name NOT IN (SELECT service_name FROM servers))
      GROUP BY service, bucket`,
    params: { ...windowParams(range), step: stepMs },
    row: ServiceCount,
  });
}

/** The same from the rollups; the window and `stepMs` are whole minutes. */
export function readServiceCountsOfMinutes(store: Store, range: TimeRange, stepMs: number): Promise<ServiceCount[]> {
  return store.query({
    name: 'service-counts-1m',
    sql: `
      WITH servers AS (SELECT DISTINCT service_name FROM ${RED_SERVICE_ROWS} WHERE ${SERVED})
      SELECT service_name AS service, intDiv(toInt64(toUnixTimestamp(red.at)) - {from:Int64}, {step:Int64}) AS bucket,
        sum(red.count) AS requests
      FROM ${RED_SERVICE_ROWS} AS red
      WHERE (${SERVED} OR service_name NOT IN (SELECT service_name FROM servers))
      GROUP BY service, bucket`,
    params: { ...redParams(range, { originMs: range.fromMs, stepMs }), step: stepMs / 1_000 },
    row: ServiceCount,
  });
}
