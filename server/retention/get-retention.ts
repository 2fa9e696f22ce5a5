import type { Ctx } from '#server/context.ts';
import { readDiskSpace } from '#server/store/queries/disk-space.ts';
import { readPartitions, type Partition } from '#server/store/queries/partitions.ts';
import { KEPT_TABLES } from './kept-tables.ts';
import { measurePace } from './measure-pace.ts';
import { isPast } from './past-partitions.ts';
import { readRetention } from './read-retention.ts';
import { RETENTION_DEFAULT, RETENTION_SIGNALS, type Held, type RetentionReport } from './schema.ts';

/** What is kept for how long, what that takes now and a day, and what is left of the disk. */
export async function getRetention({ db, store, now }: Pick<Ctx, 'db' | 'store' | 'now'>): Promise<RetentionReport> {
  const nowMs = now().getTime();
  const [days, rows, partitions, space] = await Promise.all([
    readRetention(db),
    db.retention.findMany(),
    readPartitions(store, Object.values(KEPT_TABLES).flat()),
    readDiskSpace(store),
  ]);
  const signals = RETENTION_SIGNALS.map((signal) => {
    const tables = KEPT_TABLES[signal];
    const own = partitions.filter(({ table }) => tables.includes(table));
    const row = rows.find((each) => each.signal === signal);
    const oldest = own.flatMap(({ table, oldestMs }) => (table === tables[0] && oldestMs !== null ? [oldestMs] : []));
    return {
      signal,
      days: days[signal],
      defaultDays: RETENTION_DEFAULT[signal],
      changed: row ? { atMs: row.updatedAt.getTime(), by: row.updatedBy } : null,
      tables,
      held: sumHeld(own, tables[0]),
      past: sumHeld(
        own.filter(({ id }) => isPast(id, days[signal], nowMs)),
        tables[0],
      ),
      oldestMs: oldest.length > 0 ? Math.min(...oldest) : null,
      bytesADay: measurePace(own, nowMs),
    };
  });
  return { atMs: nowMs, signals, ...space };
}

export function sumHeld(partitions: readonly Partition[], mainTable: string): Held {
  const held = { rows: 0, bytes: 0 };
  for (const { table, rows, bytes } of partitions) {
    if (table === mainTable) held.rows += rows;
    held.bytes += bytes;
  }
  return held;
}
