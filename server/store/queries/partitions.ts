import { z } from 'zod';
import type { Store } from '../client.ts';
import { shardsDatabase, systemTable } from '../topology.ts';

const Partition = z.object({
  database: z.string(),
  table: z.string(),
  id: z.string(),
  rows: z.number(),
  bytes: z.number(),
  /** Of tables that are partitioned by a time; null of those by a date. */
  oldestMs: z.number().nullable(),
});
export type Partition = z.infer<typeof Partition>;

/** What each partition of `tables` holds, over all shards, of each replica's copies one. */
export function readPartitions(store: Store, tables: readonly string[]): Promise<Partition[]> {
  return store.query({
    name: 'partitions',
    sql: `
      SELECT
        database,
        table,
        partition_id AS id,
        sum(rows) AS rows,
        sum(bytes_on_disk) AS bytes,
        if(max(min_time) = 0, NULL, toUnixTimestamp(minIf(min_time, min_time > 0)) * 1000) AS oldestMs
      FROM ${systemTable(store, 'parts')}
      WHERE active AND database IN {databases:Array(String)} AND table IN {tables:Array(String)}
      GROUP BY database, table, partition_id
      ORDER BY table, id`,
    params: { databases: [store.database, shardsDatabase(store)], tables: [...tables] },
    row: Partition,
  });
}
