import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { RED_ROWS, redParams } from './red-rows.ts';

const OPERATIONS_MAX = 500;

/** Names of operations, those that serve before those that call, the busiest first; of one service when it is named. */
export async function readOperations(store: Store, range: TimeRange, service = ''): Promise<string[]> {
  const rows = await store.query({
    name: 'operations',
    sql: `
      SELECT name AS operation
      FROM ${RED_ROWS} AS red
      WHERE ({service:String} = '' OR service_name = {service:String})
      GROUP BY operation
      ORDER BY max(kind IN (2, 5)) DESC, sum(red.count) DESC, operation
      LIMIT {limit:UInt32}`,
    params: { ...redParams(range), service, limit: OPERATIONS_MAX },
    row: z.object({ operation: z.string() }),
  });
  return rows.map(({ operation }) => operation);
}
