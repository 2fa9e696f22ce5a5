import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { lockStock } from './lock-stock.ts';
import { ReservationItems } from './reserve-stock.ts';
import type { InventoryTables } from './tables.ts';

export const ReleaseReservationInput = z.strictObject({ items: ReservationItems });

/**
 * Gives back what was held for an order; asking again changes nothing. The items come along because the release may
 * overtake the reservation that it ends: then they are noted as released, and the reservation is refused when it comes.
 */
export async function releaseReservation(
  db: Kysely<InventoryTables>,
  orderId: string,
  { items }: z.infer<typeof ReleaseReservationInput>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const known = await lockStock(
      trx,
      items.map(({ productId }) => productId),
    );
    const traceId = currentTraceId();
    const now = new Date();
    const rows = await trx
      .selectFrom('reservations')
      .select(['product_id', 'quantity', 'status'])
      .where('order_id', '=', orderId)
      .forUpdate()
      .execute();
    if (rows.some(({ status }) => status === 'committed'))
      throw new ServiceError('CONFLICT', 'The goods of this order have left the warehouse.');

    for (const { product_id, quantity } of rows.filter(({ status }) => status === 'held'))
      await trx
        .updateTable('stock')
        .set((eb) => ({ reserved: eb('reserved', '-', quantity), updated_at: now, trace_id: traceId }))
        .where('product_id', '=', product_id)
        .execute();
    await trx
      .updateTable('reservations')
      .set({ status: 'released', updated_at: now })
      .where('order_id', '=', orderId)
      .where('status', '=', 'held')
      .execute();

    const unheld = rows.length === 0 ? items.filter(({ productId }) => known.has(productId)) : [];
    if (unheld.length === 0) return;
    await trx
      .insertInto('reservations')
      .values(
        unheld.map(({ productId, quantity }) => ({
          order_id: orderId,
          product_id: productId,
          quantity,
          status: 'released' as const,
          trace_id: traceId,
        })),
      )
      .execute();
  });
}
