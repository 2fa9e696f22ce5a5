import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const TableSize = z.object({ table: z.string(), rows: z.number(), bytes: z.number(), uncompressedBytes: z.number() });
export type TableSize = z.infer<typeof TableSize>;

/** What each table takes on the disk, largest first. */
export function readTableSizes(store: Store): Promise<TableSize[]> {
  return store.query({
    name: 'table-sizes',
    sql: `
      SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes, sum(data_uncompressed_bytes) AS uncompressedBytes
      FROM system.parts
      WHERE active AND database = currentDatabase()
      GROUP BY table
      ORDER BY bytes DESC
      LIMIT 200`,
    row: TableSize,
  });
}
