import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { RED_ROWS, redParams } from './red-rows.ts';
import { FAILED, IN_WINDOW, SERVED, windowParams } from './span-conditions.ts';

const EndpointRow = z.object({
  operation: z.string(),
  kind: z.number(),
  requests: z.number(),
  failed: z.number(),
  quantilesNs: z.array(z.number()).length(3),
});
export type EndpointRow = z.infer<typeof EndpointRow>;

/** More operations than this are names with ids in them, and no table for people. */
const ENDPOINTS_MAX = 300;

export function readEndpoints(store: Store, service: string, range: TimeRange): Promise<EndpointRow[]> {
  return store.query({
    name: 'endpoints',
    sql: `
      WITH (SELECT count() FROM (SELECT 1 FROM spans WHERE ${IN_WINDOW} AND service_name = {service:String} AND ${SERVED} LIMIT 1)) AS serves
      SELECT name AS operation, kind, sum(adjusted_count) AS requests, sumIf(adjusted_count, ${FAILED}) AS failed,
        quantilesTDigest(0.5, 0.95, 0.99)(duration_ns) AS quantilesNs
      FROM spans
      WHERE ${IN_WINDOW} AND service_name = {service:String} AND (${SERVED} OR serves = 0)
      GROUP BY operation, kind
      ORDER BY requests DESC, operation
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), service, limit: ENDPOINTS_MAX },
    row: EndpointRow,
  });
}

/** The same from the rollups, over every minute that the window touches. */
export function readEndpointsOfMinutes(store: Store, service: string, range: TimeRange): Promise<EndpointRow[]> {
  return store.query({
    name: 'endpoints-1m',
    sql: `
      WITH (SELECT count() FROM (SELECT 1 FROM ${RED_ROWS} WHERE service_name = {service:String} AND ${SERVED} LIMIT 1)) AS serves
      SELECT name AS operation, kind, sum(red.count) AS requests, sum(red.failed) AS failed,
        quantilesTDigestMerge(0.5, 0.95, 0.99)(duration_quantiles) AS quantilesNs
      FROM ${RED_ROWS} AS red
      WHERE service_name = {service:String} AND (${SERVED} OR serves = 0)
      GROUP BY operation, kind
      ORDER BY requests DESC, operation
      LIMIT {limit:UInt32}`,
    params: { ...redParams(range), service, limit: ENDPOINTS_MAX },
    row: EndpointRow,
  });
}
