import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { RED_ROWS, redParams } from './red-rows.ts';
import { FAILED, IN_WINDOW, NOT_OURS, windowParams } from './span-conditions.ts';

const ServiceCalls = z.object({
  service: z.string(),
  /** 3 client, 4 producer, 5 consumer. */
  kind: z.number(),
  peer: z.string(),
  dbSystem: z.string(),
  dbNamespace: z.string(),
  queue: z.string(),
  calls: z.number(),
  failed: z.number(),
  p95Ns: z.number(),
});
export type ServiceCalls = z.infer<typeof ServiceCalls>;

const EDGES_MAX = 5_000;

/** Whom each service calls, by what its client, producer and consumer spans say of the other end. */
export function readServiceCalls(store: Store, range: TimeRange): Promise<ServiceCalls[]> {
  return store.query({
    name: 'service-calls',
    sql: `
      SELECT service_name AS service, kind, peer_service AS peer, db_system_name AS dbSystem, db_namespace AS dbNamespace,
        if(kind = 3, '', coalesce(nullIf(messaging_destination_name, ''), messaging_system)) AS queue,
        sum(adjusted_count) AS calls, sumIf(adjusted_count, ${FAILED}) AS failed, quantileTDigest(0.95)(duration_ns) AS p95Ns
      FROM spans
      WHERE ${IN_WINDOW} AND ${NOT_OURS} AND (kind = 3 OR (kind IN (4, 5) AND messaging_system <> ''))
      GROUP BY service, kind, peer, dbSystem, dbNamespace, queue
      ORDER BY calls DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), limit: EDGES_MAX },
    row: ServiceCalls,
  });
}

/**
 * The same from the rollups, for windows too long to read span by span. They know no queues and no namespaces; a
 * database takes the namespace that its caller used most in the newest of the window.
 */
export function readServiceCallsOfMinutes(store: Store, range: TimeRange, newest: TimeRange): Promise<ServiceCalls[]> {
  return store.query({
    name: 'service-calls-1m',
    sql: `
      WITH used AS (
        SELECT service_name AS service, db_system_name AS dbSystem, topK(1)(db_namespace)[1] AS dbNamespace
        FROM spans
        WHERE timestamp >= fromUnixTimestamp64Milli({newestFrom:Int64}) AND timestamp < fromUnixTimestamp64Milli({newestTo:Int64})
          AND kind = 3 AND db_system_name <> ''
        GROUP BY service, dbSystem
      )
      SELECT service, 3 AS kind, peer, dbSystem, used.dbNamespace AS dbNamespace, '' AS queue, calls, failed, p95Ns
      FROM (
        SELECT service_name AS service, peer_service AS peer, db_system_name AS dbSystem, sum(red.count) AS calls,
          sum(red.failed) AS failed,
          quantilesTDigestMerge(0.5, 0.95, 0.99)(duration_quantiles)[2] AS p95Ns
        FROM ${RED_ROWS} AS red
        WHERE kind = 3 AND ${NOT_OURS}
        GROUP BY service, peer, dbSystem
      ) AS made
      LEFT JOIN used USING (service, dbSystem)
      ORDER BY calls DESC
      LIMIT {limit:UInt32}`,
    params: { ...redParams(range), newestFrom: newest.fromMs, newestTo: newest.toMs, limit: EDGES_MAX },
    row: ServiceCalls,
  });
}
