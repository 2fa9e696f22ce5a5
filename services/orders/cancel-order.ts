import { callService } from '#services/kit/call-service.ts';
import { ServiceError } from '#services/kit/errors.ts';
import { releaseGoods } from './calls.ts';
import type { OrdersContext } from './context.ts';
import { recordStep } from './record-step.ts';

export interface Cancellation {
  reason: string;
  /** Whose charge is given back too; without it only an order that is not paid can be cancelled. */
  refund?: boolean;
}

/** Cancels an order, and has what was taken for it given back; asking again changes nothing. */
export async function cancelOrder(
  ctx: OrdersContext,
  orderId: string,
  { reason, refund = false }: Cancellation,
): Promise<void> {
  const isCancelled = await ctx.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('orders')
      .set({ status: 'cancelled', cancel_reason: reason, updated_at: new Date() })
      .where('id', '=', orderId)
      .where('status', '=', refund ? 'paid' : 'pending')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    // Payments hears of it, and gives the money back.
    await recordStep(trx, orderId, { type: 'order.cancelled.v1', payload: { orderId, reason, refund } }, ctx.id);
    return true;
  });
  if (isCancelled) {
    ctx.orders.inc({ outcome: 'cancelled' });
    ctx.log.info({ orderId, reason, refund }, 'an order was cancelled');
  }
  const order = await ctx.db
    .selectFrom('orders')
    .select(['status', 'stock_released_at'])
    .where('id', '=', orderId)
    .executeTakeFirst();
  if (!order) throw new ServiceError('NOT_FOUND', 'There is no such order.');
  if (order.status !== 'cancelled') throw new ServiceError('CONFLICT', `The order is ${order.status} already.`);
  if (order.stock_released_at === null) await releaseStock(ctx, orderId);
}

/** A failure here is not the caller's: the order is cancelled, and the settling job tries again. */
async function releaseStock(ctx: OrdersContext, orderId: string): Promise<void> {
  const rows = await ctx.db
    .selectFrom('items')
    .select(['product_id as productId', 'quantity'])
    .where('order_id', '=', orderId)
    .execute();
  try {
    await callService(ctx, releaseGoods(orderId, rows));
    await ctx.db.transaction().execute(async (trx) => {
      await trx.updateTable('orders').set({ stock_released_at: new Date() }).where('id', '=', orderId).execute();
      await recordStep(trx, orderId, { type: 'order.released.v1', payload: { orderId } }, ctx.id);
    });
  } catch (error) {
    ctx.log.warn({ err: error, orderId }, 'the goods of a cancelled order are not released yet');
  }
}
