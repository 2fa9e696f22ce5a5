import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Log } from '#server/log.ts';
import type { Store } from '#server/store/client.ts';
import { readPartitions, type Partition } from '#server/store/queries/partitions.ts';
import { onCluster } from '#server/store/topology.ts';
import { KEPT_TABLES } from './kept-tables.ts';
import { noteDropped } from './note-dropped.ts';
import { isPast } from './past-partitions.ts';
import { readRetention } from './read-retention.ts';
import { RETENTION_SIGNALS } from './schema.ts';

/**
 * Drops the partitions that are past their time, writes that into the audit, and answers which they were. It rewrites nothing: a partition goes as a whole.
 * One that cannot be dropped is logged, and tried again the next time.
 */
export async function enforceRetention(
  { db, store, log }: { db: PrismaClient; store: Store; log: Log },
  now: Date,
): Promise<Partition[]> {
  const days = await readRetention(db);
  const partitions = await readPartitions(store, Object.values(KEPT_TABLES).flat());
  const dropped: Partition[] = [];
  for (const signal of RETENTION_SIGNALS) {
    const tables: readonly string[] = KEPT_TABLES[signal];
    const past = partitions.filter(
      ({ table, id }) => tables.includes(table) && isPast(id, days[signal], now.getTime()),
    );
    const droppedOf: Partition[] = [];
    for (const partition of past) {
      const { table, id, rows, bytes } = partition;
      try {
        await dropPartition(store, partition);
        droppedOf.push(partition);
        log.info(
          { signal, table, partition: id, rows, bytes, keptDays: days[signal] },
          'a partition was past its time',
        );
      } catch (error) {
        log.warn({ err: error, table, partition: id }, 'a partition that is past its time could not be dropped');
      }
    }
    if (droppedOf.length === 0) continue;
    dropped.push(...droppedOf);
    await noteDropped(db, { signal, daysKept: days[signal], dropped: droppedOf }, now);
  }
  return dropped;
}

/** A server refuses partitions over 50 GB unless told that it is meant. */
function dropPartition(store: Store, { database, table, id }: Partition): Promise<void> {
  return store.command(
    'drop partition',
    `ALTER TABLE ${database}.${table} ${onCluster(store)} DROP PARTITION ID '${id}' SETTINGS max_partition_size_to_drop = 0`,
  );
}
