import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const CounterIncrease = z.object({
  labels: z.record(z.string(), z.string()),
  increase: z.number(),
  newest: z.number(),
  /** From the first to the last sample: shorter than the window when there are no older ones. */
  spanMs: z.number(),
});
export type CounterIncrease = z.infer<typeof CounterIncrease>;

const SERIES_MAX = 10_000;

/** How much each series of a counter grew between its samples of the window; a restart begins at zero, and is no loss. */
export function readCounterIncreases(
  store: Store,
  metric: string,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<CounterIncrease[]> {
  return store.query({
    name: 'counter-increases',
    sql: `
      WITH grown AS (
        SELECT series_id, arraySort(groupArray((timestamp, value))) AS points, points.2 AS v
        FROM samples
        WHERE metric_name = {metric:String} AND timestamp >= fromUnixTimestamp64Milli({from:Int64})
          AND timestamp < fromUnixTimestamp64Milli({to:Int64}) AND NOT isNaN(value)
        GROUP BY series_id
      )
      SELECT known.labels AS labels,
        arraySum(arrayMap((a, b) -> if(b >= a, b - a, b), arrayPopBack(v), arrayPopFront(v))) AS increase,
        v[-1] AS newest,
        toUnixTimestamp64Milli(points[-1].1) - toUnixTimestamp64Milli(points[1].1) AS spanMs
      FROM grown
      INNER JOIN (
        SELECT series_id, any(labels) AS labels
        FROM series
        WHERE metric_name = {metric:String}
        GROUP BY series_id
      ) AS known USING (series_id)
      LIMIT {limit:UInt32}`,
    params: { metric, from: fromMs, to: toMs, limit: SERIES_MAX },
    row: CounterIncrease,
  });
}
