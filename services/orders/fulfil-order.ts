import { callService, CallError } from '#services/kit/call-service.ts';
import { sendGoods, takeOutGoods } from './calls.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrdersContext } from './context.ts';
import { recordStep } from './record-step.ts';
import type { OrderStatus } from './tables.ts';

/**
 * Takes the goods of a paid order out of the warehouse and has them sent. What fails is tried again by the settling job; if the
 * goods are gone the order is cancelled, and its charge given back.
 */
export async function fulfilOrder(ctx: OrdersContext, orderId: string): Promise<OrderStatus> {
  try {
    const { user_id: userId } = await ctx.db
      .selectFrom('orders')
      .select('user_id')
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow();
    if (!(await takeOut(ctx, orderId))) {
      await cancelOrder(ctx, orderId, { reason: 'the goods are gone', refund: true });
      return 'cancelled';
    }
    const { id: shipmentId } = await callService(ctx, sendGoods(orderId, userId));
    await ctx.db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('orders')
        .set({ status: 'shipped', shipment_id: shipmentId, updated_at: new Date() })
        .where('id', '=', orderId)
        .where('status', '=', 'paid')
        .executeTakeFirstOrThrow();
      const step = { type: 'order.shipped.v1', payload: { orderId, shipmentId } } as const;
      if (numUpdatedRows > 0n) await recordStep(trx, orderId, step, ctx.id);
    });
    ctx.orders.inc({ outcome: 'shipped' });
    return 'shipped';
  } catch (error) {
    ctx.log.warn({ err: error, orderId }, 'a paid order is not shipped yet');
    return 'paid';
  }
}

/** False when the warehouse holds nothing for this order any more. */
async function takeOut(ctx: OrdersContext, orderId: string): Promise<boolean> {
  try {
    await callService(ctx, takeOutGoods(orderId));
    return true;
  } catch (error) {
    if (error instanceof CallError && (error.status === 404 || error.status === 409)) return false;
    throw error;
  }
}
