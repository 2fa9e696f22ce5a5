import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { LOG_ID } from './log-filter.ts';

const LogDetailRow = z.object({ scope: z.string(), resourceAttributes: z.record(z.string(), z.string()) });
export type LogDetailRow = z.infer<typeof LogDetailRow>;

/** The part of a line that its list leaves out; null when the line is not kept. */
export async function readLogDetail(store: Store, id: string): Promise<LogDetailRow | null> {
  const rows = await store.query({
    name: 'log-detail',
    sql: `
      SELECT scope_name AS scope, resource_attributes AS resourceAttributes
      FROM logs
      WHERE timestamp = fromUnixTimestamp64Nano(toInt64({ns:String})) AND ${LOG_ID} = {id:String}
      LIMIT 1`,
    params: { id, ns: id.split('-')[0] ?? '' },
    row: LogDetailRow,
  });
  return rows[0] ?? null;
}
