import { z } from 'zod';
import { callService } from '#services/kit/call-service.ts';
import type { OrdersContext } from './context.ts';
import type { OrderStatus } from './tables.ts';

/** Takes the goods of a paid order out of the warehouse and has them sent. What fails is tried again by the settling job. */
export async function fulfilOrder(ctx: OrdersContext, orderId: string): Promise<OrderStatus> {
  try {
    const { user_id: userId } = await ctx.db
      .selectFrom('orders')
      .select('user_id')
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow();
    await callService(ctx, {
      service: 'inventory',
      method: 'POST',
      path: `/internal/reservations/${orderId}/commit`,
      answer: z.object({ status: z.literal('committed') }),
      idempotent: true,
    });
    const { id: shipmentId } = await callService(ctx, {
      service: 'shipping',
      method: 'POST',
      path: '/internal/shipments',
      body: { orderId, userId },
      answer: z.object({ id: z.uuid() }),
      idempotent: true,
    });
    await ctx.db
      .updateTable('orders')
      .set({ status: 'shipped', shipment_id: shipmentId, updated_at: new Date() })
      .where('id', '=', orderId)
      .where('status', '=', 'paid')
      .execute();
    ctx.orders.inc({ outcome: 'shipped' });
    return 'shipped';
  } catch (error) {
    ctx.log.warn({ err: error, orderId }, 'a paid order is not shipped yet');
    return 'paid';
  }
}
