import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { lockStock } from './lock-stock.ts';
import type { InventoryTables } from './tables.ts';

export const ReservationItems = z
  .array(z.strictObject({ productId: z.string().max(60), quantity: z.number().int().min(1).max(99) }))
  .min(1)
  .max(20);
export const ReserveStockInput = z.strictObject({ orderId: z.uuid(), items: ReservationItems });
export type ReserveStockInput = z.infer<typeof ReserveStockInput>;

/** Holds the items for an order, all or none; asking again for the same order changes nothing. */
export async function reserveStock(db: Kysely<InventoryTables>, { orderId, items }: ReserveStockInput): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const stock = await lockStock(
      trx,
      items.map(({ productId }) => productId),
    );
    const earlier = await trx.selectFrom('reservations').select('status').where('order_id', '=', orderId).execute();
    if (earlier.some(({ status }) => status !== 'held'))
      throw new ServiceError('CONFLICT', 'The reservation of this order is over.');
    if (earlier.length > 0) return;

    const short = items.filter(({ productId, quantity }) => {
      const row = stock.get(productId);
      return row === undefined || row.on_hand - row.reserved < quantity;
    });
    if (short.length > 0) {
      const products = short.map(({ productId }) => productId);
      throw new ServiceError('CONFLICT', `Not enough in stock: ${products.join(', ')}.`, { extra: { products } });
    }
    const traceId = currentTraceId();
    await trx
      .insertInto('reservations')
      .values(
        items.map(({ productId, quantity }) => ({
          order_id: orderId,
          product_id: productId,
          quantity,
          status: 'held' as const,
          trace_id: traceId,
        })),
      )
      .execute();
    for (const { productId, quantity } of items)
      await trx
        .updateTable('stock')
        .set((eb) => ({ reserved: eb('reserved', '+', quantity), updated_at: new Date(), trace_id: traceId }))
        .where('product_id', '=', productId)
        .execute();
  });
}
