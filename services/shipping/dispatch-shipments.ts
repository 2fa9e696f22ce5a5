import type { Kysely } from 'kysely';
import type { Log } from '#services/kit/log.ts';
import { runAsTrace } from '#services/kit/run-as-trace.ts';
import type { ShippingTables } from './tables.ts';

/** How long it takes to pack a parcel here. */
const PACKING_MS = 20_000;
const BATCH_MAX = 200;

/** Hands what is packed to the carriers. */
export async function dispatchShipments(db: Kysely<ShippingTables>, log: Log, now = Date.now()): Promise<void> {
  const packed = await db
    .selectFrom('shipments')
    .select('id')
    .where('status', '=', 'preparing')
    .where('created_at', '<', new Date(now - PACKING_MS))
    .limit(BATCH_MAX)
    .execute();
  if (packed.length === 0) return;
  await runAsTrace('dispatch shipments', async () => {
    await db
      .updateTable('shipments')
      .set({ status: 'dispatched', updated_at: new Date(now) })
      .where(
        'id',
        'in',
        packed.map(({ id }) => id),
      )
      .execute();
    log.info({ count: packed.length }, 'the carriers took parcels');
  });
}
