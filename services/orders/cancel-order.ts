import { z } from 'zod';
import { callService } from '#services/kit/call-service.ts';
import { ServiceError } from '#services/kit/errors.ts';
import type { OrdersContext } from './context.ts';

/** Cancels an order that is not paid, and gives its goods back; asking again changes nothing. */
export async function cancelOrder(ctx: OrdersContext, orderId: string, reason: string): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('orders')
    .set({ status: 'cancelled', cancel_reason: reason, updated_at: new Date() })
    .where('id', '=', orderId)
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) {
    ctx.orders.inc({ outcome: 'cancelled' });
    ctx.log.info({ orderId, reason }, 'an order was cancelled');
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
    await callService(ctx, {
      service: 'inventory',
      method: 'POST',
      path: `/internal/reservations/${orderId}/release`,
      body: { items: rows },
      answer: z.object({ status: z.literal('released') }),
      idempotent: true,
    });
    await ctx.db.updateTable('orders').set({ stock_released_at: new Date() }).where('id', '=', orderId).execute();
  } catch (error) {
    ctx.log.warn({ err: error, orderId }, 'the goods of a cancelled order are not released yet');
  }
}
