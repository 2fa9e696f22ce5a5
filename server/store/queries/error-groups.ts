import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { errorOccurrences } from './error-occurrences.ts';

const SAMPLES = 5;

const ErrorGroupRow = z.object({
  fingerprint: z.string(),
  source: z.enum(['span', 'log']),
  service: z.string(),
  type: z.string(),
  operation: z.string(),
  message: z.string(),
  count: z.number(),
  firstMs: z.number(),
  lastMs: z.number(),
  release: z.string(),
  releases: z.number(),
  trend: z.array(z.number()),
  traceIds: z.array(z.string()),
});
export type ErrorGroupRow = z.infer<typeof ErrorGroupRow>;

export interface ErrorGroupFilter {
  range: TimeRange;
  service?: string | undefined;
  source?: 'span' | 'log' | undefined;
  text?: string | undefined;
  sort: 'count' | 'last' | 'first';
}

const ORDER = { count: 'count DESC, lastMs DESC', last: 'lastMs DESC, count DESC', first: 'firstMs DESC, count DESC' };

/** Failures by fingerprint; `steps` counts of each over the range. */
export function readErrorGroups(
  store: Store,
  filter: ErrorGroupFilter,
  steps: number,
  limit: number,
): Promise<ErrorGroupRow[]> {
  const { sql, params } = errorOccurrences(filter.range, filter.service ? [filter.service] : []);
  return store.query({
    name: 'error-groups',
    sql: `
      WITH toInt64(intDiv((toUnixTimestamp64Milli(timestamp) - {from:Int64}) * {steps:Int64}, {to:Int64} - {from:Int64})) AS step
      SELECT fingerprint, source, service, type, operation, normal AS message, sum(stands_for) AS count,
        min(toUnixTimestamp64Milli(timestamp)) AS firstMs, max(toUnixTimestamp64Milli(timestamp)) AS lastMs,
        toString(argMax(occurrences.release, timestamp)) AS release, uniqExactIf(occurrences.release, occurrences.release <> '') AS releases,
        arrayMap(index -> sumMap(map(step, toUInt64(stands_for)))[index], range({steps:Int64})) AS trend,
        arrayMap(sample -> sample.2, groupArraySortedIf({samples:UInt8})((-toUnixTimestamp64Nano(timestamp), lower(hex(trace_id))),
          trace_id <> toFixedString('', 16))) AS traceIds
      FROM (${sql}) AS occurrences
      WHERE ({source:String} = '' OR source = {source:String})
        AND ({text:String} = '' OR positionCaseInsensitiveUTF8(concat(type, '\\n', operation, '\\n', occurrences.message), {text:String}) > 0)
      GROUP BY fingerprint, source, service, type, operation, normal
      ORDER BY ${ORDER[filter.sort]}, fingerprint
      LIMIT {limit:UInt32}`,
    params: { ...params, steps, samples: SAMPLES, source: filter.source ?? '', text: filter.text ?? '', limit },
    row: ErrorGroupRow,
  });
}
