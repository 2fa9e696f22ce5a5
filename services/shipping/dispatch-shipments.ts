import type { Kysely } from 'kysely';
import { publishEvent } from '#services/kit/events/publish-event.ts';
import type { Log } from '#services/kit/log.ts';
import { runAsTrace } from '#services/kit/run-as-trace.ts';
import type { ShippingTables } from './tables.ts';

/** How long it takes to pack a parcel here. */
const PACKING_MS = 20_000;
const BATCH_MAX = 200;

/** Hands what is packed to the carriers, and tells of each parcel. */
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
    const count = await db.transaction().execute(async (trx) => {
      const taken = await trx
        .updateTable('shipments')
        .set({ status: 'dispatched', updated_at: new Date(now) })
        .where(
          'id',
          'in',
          packed.map(({ id }) => id),
        )
        .where('status', '=', 'preparing')
        .returning(['id', 'order_id'])
        .execute();
      for (const { id: shipmentId, order_id: orderId } of taken)
        await publishEvent(trx, {
          type: 'shipment.dispatched.v1',
          key: orderId,
          payload: { orderId, shipmentId },
          correlationId: `dispatch-${shipmentId}`,
        });
      return taken.length;
    });
    log.info({ count }, 'the carriers took parcels');
  });
}
