import { z } from 'zod';
import { LOG_LEVELS } from '#server/logs/schema.ts';
import type { Store } from '#server/store/client.ts';
import { LOG_LEVEL, logCondition, type LogFilter } from './log-filter.ts';

const LogCountRow = z.object({ tMs: z.number(), level: z.enum(LOG_LEVELS), count: z.number() });
export type LogCountRow = z.infer<typeof LogCountRow>;

/** How many matching lines fall into each step of time, by level, in the order of time. */
export function readLogCounts(store: Store, filter: LogFilter, stepMs: number): Promise<LogCountRow[]> {
  const { condition, params } = logCondition(filter);
  return store.query({
    name: 'log-counts',
    sql: `
      SELECT intDiv(toUnixTimestamp64Milli(timestamp), {step:Int64}) * {step:Int64} AS tMs, ${LOG_LEVEL} AS level, count() AS count
      FROM logs
      WHERE ${condition}
      GROUP BY tMs, level
      ORDER BY tMs, level`,
    params: { ...params, step: stepMs },
    row: LogCountRow,
  });
}
