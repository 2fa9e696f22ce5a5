import type { Kysely } from 'kysely';
import { ServiceError } from '#services/kit/errors.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { decideRestock } from './decide-restock.ts';
import { lockStock } from './lock-stock.ts';
import type { InventoryTables } from './tables.ts';

/** What was held leaves the warehouse, which tops up what runs low; asking again changes nothing. */
export async function commitReservation(db: Kysely<InventoryTables>, orderId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const items = await trx
      .selectFrom('reservations')
      .select(['product_id', 'quantity', 'status'])
      .where('order_id', '=', orderId)
      .forUpdate()
      .execute();
    if (items.length === 0 || items.some(({ status }) => status === 'released'))
      throw new ServiceError('CONFLICT', 'Nothing is held for this order.');
    const held = items.filter(({ status }) => status === 'held');
    if (held.length === 0) return;

    const traceId = currentTraceId();
    const now = new Date();
    const stock = await lockStock(
      trx,
      held.map(({ product_id }) => product_id),
    );
    for (const { product_id, quantity } of held) {
      const left = (stock.get(product_id)?.on_hand ?? 0) - quantity;
      const restock = decideRestock(left);
      await trx
        .updateTable('stock')
        .set((eb) => ({
          on_hand: eb('on_hand', '+', restock - quantity),
          reserved: eb('reserved', '-', quantity),
          updated_at: now,
          trace_id: traceId,
        }))
        .where('product_id', '=', product_id)
        .execute();
      const sale = { product_id, delta: -quantity, reason: 'sale' as const, order_id: orderId, trace_id: traceId };
      const topUp = { product_id, delta: restock, reason: 'restock' as const, order_id: null, trace_id: traceId };
      await trx
        .insertInto('movements')
        .values(restock > 0 ? [sale, topUp] : [sale])
        .execute();
    }
    await trx
      .updateTable('reservations')
      .set({ status: 'committed', updated_at: now })
      .where('order_id', '=', orderId)
      .where('status', '=', 'held')
      .execute();
  });
}
