import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { RED_ROWS, redParams } from './red-rows.ts';
import { SERVED } from './span-conditions.ts';

const SloCount = z.object({ service: z.string(), bucketMs: z.number(), requests: z.number(), bad: z.number() });
export type SloCount = z.infer<typeof SloCount>;

const ROWS_MAX = 100_000;
const SECONDS_MAX = 30;
const HEAD = `toInt64(toUnixTimestamp(toStartOfInterval(red.at, INTERVAL {step:UInt32} SECOND, 'UTC'))) * 1000 AS bucketMs`;
const WHERE = `${SERVED} AND service_name IN ({services:Array(String)})`;

export interface SloCountsInput {
  services: readonly string[];
  /** Whole minutes. */
  fromMs: number;
  toMs: number;
  stepMs: number;
}

/** What was served and what failed, by service and bucket; buckets without requests are not among them. */
export function readAvailabilityCounts(store: Store, input: SloCountsInput): Promise<SloCount[]> {
  return store.query({
    name: 'slo-availability',
    sql: `
      SELECT service_name AS service, ${HEAD}, sum(red.count) AS requests, sum(red.failed) AS bad
      FROM ${RED_ROWS} AS red
      WHERE ${WHERE}
      GROUP BY service, bucketMs
      ORDER BY service, bucketMs
      LIMIT {limit:UInt32}`,
    params: paramsOf(input),
    maxSeconds: SECONDS_MAX,
    row: SloCount,
  });
}

/**
 * Where a sketch is asked: closer together where targets lie. A share is known to the step between two of them, and rounded
 * against the service.
 */
const LEVELS = [...steps(0.01, 0.9, 0.01), ...steps(0.901, 0.99, 0.001), ...steps(0.9901, 0.9999, 0.0001)];

/** The same, where a request that took longer than `thresholdMs` is bad, estimated from the minutes' sketches of durations. */
export function readLatencyCounts(store: Store, input: SloCountsInput, thresholdMs: number): Promise<SloCount[]> {
  return store.query({
    name: 'slo-latency',
    sql: `
      WITH [${LEVELS.join(', ')}] AS levels
      SELECT service, bucketMs, requests, requests - floor(requests * good_share) AS bad
      FROM (
        SELECT service_name AS service, ${HEAD}, sum(red.count) AS requests,
          if(max(red.duration_ns_max) <= {threshold:Float64}, 1,
            arrayMax(arrayMap((level, ns) -> if(ns <= {threshold:Float64}, level, 0), levels,
              quantilesTDigestMerge(${LEVELS.join(', ')})(duration_quantiles)))) AS good_share
        FROM ${RED_ROWS} AS red
        WHERE ${WHERE}
        GROUP BY service, bucketMs
      )
      ORDER BY service, bucketMs
      LIMIT {limit:UInt32}`,
    params: { ...paramsOf(input), threshold: thresholdMs * 1e6 },
    maxSeconds: SECONDS_MAX,
    row: SloCount,
  });
}

function paramsOf({ services, fromMs, toMs, stepMs }: SloCountsInput) {
  return {
    services: [...services],
    ...redParams({ fromMs, toMs }, { originMs: 0, stepMs }),
    step: Math.round(stepMs / 1_000),
    limit: ROWS_MAX,
  };
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) =>
    Number((from + index * step).toFixed(4)),
  );
}
