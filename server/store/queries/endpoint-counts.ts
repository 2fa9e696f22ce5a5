import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, minuteParams, windowParams } from './span-conditions.ts';

const EndpointCount = z.object({ operation: z.string(), kind: z.number(), bucket: z.number(), requests: z.number() });
export type EndpointCount = z.infer<typeof EndpointCount>;

/** Requests of each operation of a service by bucket, counted from the start of the window. */
export function readEndpointCounts(
  store: Store,
  service: string,
  range: TimeRange,
  stepMs: number,
): Promise<EndpointCount[]> {
  return store.query({
    name: 'endpoint-counts',
    sql: `
      SELECT name AS operation, kind, intDiv(toUnixTimestamp64Milli(timestamp) - {from:Int64}, {step:Int64}) AS bucket,
        sum(adjusted_count) AS requests
      FROM spans
      WHERE ${IN_WINDOW} AND service_name = {service:String}
      GROUP BY operation, kind, bucket`,
    params: { ...windowParams(range), service, step: stepMs },
    row: EndpointCount,
  });
}

/** The same from the rollup; the window and `stepMs` are whole minutes. */
export function readEndpointCountsOfMinutes(
  store: Store,
  service: string,
  range: TimeRange,
  stepMs: number,
): Promise<EndpointCount[]> {
  return store.query({
    name: 'endpoint-counts-1m',
    sql: `
      SELECT name AS operation, kind, intDiv(toInt64(toUnixTimestamp(minute)) - {from:Int64}, {step:Int64}) AS bucket,
        sum(count) AS requests
      FROM red_1m
      WHERE minute >= toDateTime({from:Int64}) AND minute < toDateTime({to:Int64}) AND service_name = {service:String}
      GROUP BY operation, kind, bucket`,
    params: { ...minuteParams(range), service, step: stepMs / 1_000 },
    row: EndpointCount,
  });
}
