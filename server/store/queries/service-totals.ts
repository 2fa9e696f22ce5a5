import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { RED_SERVICE_ROWS, redParams } from './red-rows.ts';
import { FAILED, IN_WINDOW, NOT_OURS, SERVED, windowParams } from './span-conditions.ts';

const ServiceTotals = z.object({
  service: z.string(),
  /** True when it served; otherwise the figures are over all its spans, so that a script is seen too. */
  serves: z.coerce.boolean(),
  requests: z.number(),
  failed: z.number(),
  /** p50, p95, p99. */
  quantilesNs: z.array(z.number()).length(3),
});
export type ServiceTotals = z.infer<typeof ServiceTotals>;

const SERVICES_MAX = 5_000;

/** What each service served in the window. */
export function readServiceTotals(store: Store, range: TimeRange): Promise<ServiceTotals[]> {
  return store.query({
    name: 'service-totals',
    sql: `
      WITH servers AS (SELECT DISTINCT service_name FROM spans WHERE ${IN_WINDOW} AND ${SERVED})
      SELECT service_name AS service, max(${SERVED}) AS serves, sum(adjusted_count) AS requests, sumIf(adjusted_count, ${FAILED}) AS failed,
        quantilesTDigest(0.5, 0.95, 0.99)(duration_ns) AS quantilesNs
      FROM spans
      WHERE ${IN_WINDOW} AND ${NOT_OURS} AND (${SERVED} OR service_name NOT IN (SELECT service_name FROM servers))
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), limit: SERVICES_MAX },
    row: ServiceTotals,
  });
}

/** The same from the rollups, over every minute that the window touches. */
export function readServiceTotalsOfMinutes(store: Store, range: TimeRange): Promise<ServiceTotals[]> {
  return store.query({
    name: 'service-totals-1m',
    sql: `
      WITH servers AS (SELECT DISTINCT service_name FROM ${RED_SERVICE_ROWS} WHERE ${SERVED})
      SELECT service_name AS service, max(${SERVED}) AS serves, sum(red.count) AS requests, sum(red.failed) AS failed,
        quantilesTDigestMerge(0.5, 0.95, 0.99)(duration_quantiles) AS quantilesNs
      FROM ${RED_SERVICE_ROWS} AS red
      WHERE ${NOT_OURS} AND (${SERVED} OR service_name NOT IN (SELECT service_name FROM servers))
      GROUP BY service
      ORDER BY service
      LIMIT {limit:UInt32}`,
    params: { ...redParams(range), limit: SERVICES_MAX },
    row: ServiceTotals,
  });
}
