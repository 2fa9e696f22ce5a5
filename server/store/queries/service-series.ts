import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { RED_SERVICE_ROWS, redParams } from './red-rows.ts';
import { FAILED, IN_WINDOW, SERVED, windowParams } from './span-conditions.ts';

const SeriesBucket = z.object({
  /** Counted from the start of the window. */
  bucket: z.number(),
  requests: z.number(),
  failed: z.number(),
  quantilesNs: z.array(z.number()).length(3),
});
export type SeriesBucket = z.infer<typeof SeriesBucket>;

/** What a service served (or did, when it serves nobody), by bucket; buckets without any are not among them. */
export function readServiceSeries(
  store: Store,
  service: string,
  range: TimeRange,
  stepMs: number,
): Promise<SeriesBucket[]> {
  return store.query({
    name: 'service-series',
    sql: `
      WITH (SELECT count() FROM (SELECT 1 FROM spans WHERE ${IN_WINDOW} AND service_name = {service:String} AND ${SERVED} LIMIT 1)) AS serves
      SELECT intDiv(toUnixTimestamp64Milli(timestamp) - {from:Int64}, {step:Int64}) AS bucket,
        sum(adjusted_count) AS requests, sumIf(adjusted_count, ${FAILED}) AS failed, quantilesTDigest(0.5, 0.95, 0.99)(duration_ns) AS quantilesNs
      FROM spans
      WHERE ${IN_WINDOW} AND service_name = {service:String} AND (${SERVED} OR serves = 0)
      GROUP BY bucket
      ORDER BY bucket`,
    params: { ...windowParams(range), service, step: stepMs },
    row: SeriesBucket,
  });
}

/** The same from the rollups; the window and `stepMs` are whole minutes. */
export function readServiceSeriesOfMinutes(
  store: Store,
  service: string,
  range: TimeRange,
  stepMs: number,
): Promise<SeriesBucket[]> {
  return store.query({
    name: 'service-series-1m',
    sql: `
      WITH (SELECT count() FROM (SELECT 1 FROM ${RED_SERVICE_ROWS} WHERE service_name = {service:String} AND ${SERVED} LIMIT 1)) AS serves
      SELECT intDiv(toInt64(toUnixTimestamp(red.at)) - {from:Int64}, {step:Int64}) AS bucket,
        sum(red.count) AS requests, sum(red.failed) AS failed,
        quantilesTDigestMerge(0.5, 0.95, 0.99)(duration_quantiles) AS quantilesNs
      FROM ${RED_SERVICE_ROWS} AS red
      WHERE service_name = {service:String} AND (${SERVED} OR serves = 0)
      GROUP BY bucket
      ORDER BY bucket`,
    params: { ...redParams(range, { originMs: range.fromMs, stepMs }), service, step: stepMs / 1_000 },
    row: SeriesBucket,
  });
}
