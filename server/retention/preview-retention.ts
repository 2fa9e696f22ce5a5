import type { Ctx } from '#server/context.ts';
import { readDiskSpace } from '#server/store/queries/disk-space.ts';
import { readPartitions } from '#server/store/queries/partitions.ts';
import { sumHeld } from './get-retention.ts';
import { KEPT_TABLES } from './kept-tables.ts';
import { measurePace } from './measure-pace.ts';
import { isPast } from './past-partitions.ts';
import type { RetentionPreview, SetRetentionInput } from './schema.ts';

/** What would be deleted if a signal were kept for so many days, decided as `enforceRetention` decides it, and what it would come to. */
export async function previewRetention(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { signal, days }: SetRetentionInput,
): Promise<RetentionPreview> {
  const nowMs = now().getTime();
  const tables = KEPT_TABLES[signal];
  const [partitions, { freeBytes }] = await Promise.all([readPartitions(store, tables), readDiskSpace(store)]);
  const pace = measurePace(partitions, nowMs);
  return {
    deleted: sumHeld(
      partitions.filter(({ id }) => isPast(id, days, nowMs)),
      tables[0],
    ),
    bytesWhenFull: pace === null ? null : pace * days,
    freeBytes,
  };
}
