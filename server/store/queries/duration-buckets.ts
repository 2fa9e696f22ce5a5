import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { matchingTraces, type TraceFilter } from './trace-filter.ts';

const DurationBucketRow = z.object({ tMs: z.number(), rung: z.number(), count: z.number(), errors: z.number() });
export type DurationBucketRow = z.infer<typeof DurationBucketRow>;

/** How many matching traces began in each step of time, by `rung`: the power of 10^(1/rungsPerDecade) ms under their duration. */
export function readDurationBuckets(
  store: Store,
  filter: TraceFilter,
  stepMs: number,
  rungsPerDecade: number,
): Promise<DurationBucketRow[]> {
  const { sql, params } = matchingTraces(filter);
  return store.query({
    name: 'duration-buckets',
    sql: `
      SELECT intDiv(intDiv(start_ns, 1000000), {step:Int64}) * {step:Int64} AS tMs,
        toInt32(floor(log10(greatest(trace_ns, 1000) / 1e6) * {rungs:UInt8} + 1e-9)) AS rung,
        count() AS count, countIf(errors > 0) AS errors
      FROM (${sql}) AS matching
      GROUP BY tMs, rung
      ORDER BY tMs, rung`,
    params: { ...params, step: stepMs, rungs: rungsPerDecade },
    row: DurationBucketRow,
  });
}
