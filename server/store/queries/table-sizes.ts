import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { shardsDatabase, systemTable } from '../topology.ts';

const TableSize = z.object({ table: z.string(), rows: z.number(), bytes: z.number(), uncompressedBytes: z.number() });
export type TableSize = z.infer<typeof TableSize>;

/** What each table takes on the disk, largest first; on a cluster over all shards, of each replica's copies one. */
export function readTableSizes(store: Store): Promise<TableSize[]> {
  return store.query({
    name: 'table-sizes',
    sql: `
      SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes, sum(data_uncompressed_bytes) AS uncompressedBytes
      FROM ${systemTable(store, 'parts')}
      WHERE active AND database IN {databases:Array(String)}
      GROUP BY table
      ORDER BY bytes DESC
      LIMIT 200`,
    params: { databases: [store.database, shardsDatabase(store)] },
    row: TableSize,
  });
}
