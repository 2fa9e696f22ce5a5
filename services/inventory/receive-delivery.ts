import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { Stock } from './get-stock.ts';
import type { InventoryTables } from './tables.ts';

export const ReceiveDeliveryInput = z.strictObject({ quantity: z.int().min(1).max(10_000) });

/** Puts goods that arrived on their shelf, and tells how many can be had now. */
export function receiveDelivery(
  db: Kysely<InventoryTables>,
  productId: string,
  { quantity }: z.infer<typeof ReceiveDeliveryInput>,
): Promise<Stock> {
  const trace_id = currentTraceId();
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('stock')
      .set((eb) => ({ on_hand: eb('on_hand', '+', quantity), updated_at: new Date(), trace_id }))
      .where('product_id', '=', productId)
      .returning(['on_hand', 'reserved'])
      .executeTakeFirst();
    if (!row) throw new ServiceError('NOT_FOUND', 'The warehouse has no such product.');
    await trx
      .insertInto('movements')
      .values({ product_id: productId, delta: quantity, reason: 'restock', order_id: null, trace_id })
      .execute();
    return { productId, available: Math.max(0, row.on_hand - row.reserved) };
  });
}
