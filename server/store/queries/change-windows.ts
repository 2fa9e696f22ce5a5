import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { FAILED_IN_ROLLUP, SERVED } from './span-conditions.ts';

const ChangeWindowRow = z.object({
  side: z.enum(['before', 'after']),
  requests: z.number(),
  failed: z.number(),
  quantilesNs: z.array(z.number()).length(3),
});
export type ChangeWindowRow = z.infer<typeof ChangeWindowRow>;

/** What a service served (or did, when it serves nobody) in two stretches of whole minutes; one without any is not among them. */
export function readChangeWindows(
  store: Store,
  service: string,
  before: TimeRange,
  after: TimeRange,
): Promise<ChangeWindowRow[]> {
  const inWindows = `service_name = {service:String} AND (minute >= toDateTime({beforeFrom:Int64}) AND minute < toDateTime({beforeTo:Int64})
    OR minute >= toDateTime({afterFrom:Int64}) AND minute < toDateTime({afterTo:Int64}))`;
  return store.query({
    name: 'change-windows',
    sql: `
      WITH (SELECT count() FROM (SELECT 1 FROM red_1m WHERE ${inWindows} AND ${SERVED} LIMIT 1)) AS serves
      SELECT if(minute < toDateTime({beforeTo:Int64}), 'before', 'after') AS side, sum(count) AS requests,
        sum(${FAILED_IN_ROLLUP}) AS failed, quantilesTDigestMerge(0.5, 0.95, 0.99)(duration_quantiles) AS quantilesNs
      FROM red_1m
      WHERE ${inWindows} AND (${SERVED} OR serves = 0)
      GROUP BY side`,
    params: {
      service,
      beforeFrom: before.fromMs / 1_000,
      beforeTo: before.toMs / 1_000,
      afterFrom: after.fromMs / 1_000,
      afterTo: after.toMs / 1_000,
    },
    row: ChangeWindowRow,
  });
}
