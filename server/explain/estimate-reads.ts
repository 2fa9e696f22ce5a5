import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { Recorded } from './recording-store.ts';
import type { TableRead } from './schema.ts';

const Estimate = z.object({ table: z.string(), parts: z.coerce.number(), rows: z.coerce.number() });

/**
 * What the store would read of each table for a statement, after primary key and skipping indexes; null when it cannot say.
 * https://clickhouse.com/docs/sql-reference/statements/explain#explain-estimate
 */
export async function estimateReads(store: Store, { name, sql, params }: Recorded): Promise<TableRead[] | null> {
  try {
    return await store.query({ name: `explain ${name}`, sql: `EXPLAIN ESTIMATE ${sql}`, params, row: Estimate });
  } catch {
    return null;
  }
}
