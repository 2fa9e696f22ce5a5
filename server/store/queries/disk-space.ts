import { z } from 'zod';
import type { Store } from '../client.ts';
import { systemTable } from '../topology.ts';

const DiskSpace = z.object({ freeBytes: z.number(), totalBytes: z.number() });

/** What the disks of the store have left, over all shards. */
export async function readDiskSpace(store: Store): Promise<z.infer<typeof DiskSpace>> {
  const [space] = await store.query({
    name: 'disk-space',
    sql: `SELECT sum(unreserved_space) AS freeBytes, sum(total_space) AS totalBytes
      FROM ${systemTable(store, 'disks')} WHERE type = 'Local'`,
    row: DiskSpace,
  });
  return space ?? { freeBytes: 0, totalBytes: 0 };
}
