import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW } from './span-conditions.ts';
import { searchBack } from './search-back.ts';
import { isAboutWholeTrace, matchingTraces, spanCondition, type TraceFilter } from './trace-filter.ts';

const Found = z.object({ traceId: z.string() });

/** Ids of matching traces, the newest or the slowest first; no more than `limit`. */
export async function findTraces(
  store: Store,
  filter: TraceFilter,
  sort: 'newest' | 'slowest',
  limit: number,
): Promise<string[]> {
  const read = (range: TimeRange) => findIn(store, { ...filter, range }, sort, limit);
  const rows = sort === 'newest' ? await searchBack(filter.range, limit, read) : await read(filter.range);
  return rows.map(({ traceId }) => traceId);
}

function findIn(store: Store, filter: TraceFilter, sort: 'newest' | 'slowest', limit: number) {
  if (sort === 'newest' && !isAboutWholeTrace(filter)) {
    // Where any one span decides, traces need not be put together first.
    const { condition, prefilter, params } = spanCondition(filter);
    return store.query({
      name: 'find-traces-by-span',
      sql: `
        SELECT lower(hex(trace_id)) AS traceId
        FROM spans
        PREWHERE ${IN_WINDOW} AND ${prefilter}
        WHERE ${condition}
        GROUP BY trace_id
        ORDER BY min(timestamp) DESC
        LIMIT {limit:UInt32}`,
      params: { ...params, limit },
      row: Found,
    });
  }
  const { sql, params } = matchingTraces(filter);
  return store.query({
    name: `find-traces-${sort}`,
    sql: `
      SELECT lower(hex(trace_id)) AS traceId
      FROM (${sql})
      ORDER BY ${sort === 'newest' ? 'start_ns' : 'trace_ns'} DESC
      LIMIT {limit:UInt32}`,
    params: { ...params, limit },
    row: Found,
  });
}
