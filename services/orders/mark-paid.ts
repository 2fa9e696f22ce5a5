import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import type { OrdersContext } from './context.ts';
import { fulfilOrder } from './fulfil-order.ts';
import { recordStep } from './record-step.ts';
import type { OrderStatus } from './tables.ts';

export const MarkPaidInput = z.strictObject({ paymentId: z.uuid(), amountCents: z.number().int().positive() });

/** Takes note of a payment and sends the goods; asking again with the same payment changes nothing, another is refused. */
export async function markPaid(
  ctx: OrdersContext,
  orderId: string,
  { paymentId, amountCents }: z.infer<typeof MarkPaidInput>,
): Promise<OrderStatus> {
  const isNew = await ctx.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('orders')
      .set({ status: 'paid', payment_id: paymentId, updated_at: new Date() })
      .where('id', '=', orderId)
      .where('status', '=', 'pending')
      .where('total_cents', '=', amountCents)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    await recordStep(trx, orderId, { type: 'order.paid.v1', payload: { orderId, paymentId, amountCents } }, ctx.id);
    return true;
  });
  const order = await ctx.db
    .selectFrom('orders')
    .select(['status', 'payment_id', 'total_cents'])
    .where('id', '=', orderId)
    .executeTakeFirst();
  if (!order) throw new ServiceError('NOT_FOUND', 'There is no such order.');
  if (order.payment_id !== paymentId)
    throw new ServiceError('CONFLICT', `The order is ${order.status}, its total ${order.total_cents} cents.`);
  if (isNew) {
    ctx.orders.inc({ outcome: 'paid' });
    ctx.log.info({ orderId, paymentId, amountCents }, 'an order was paid');
  }
  return order.status === 'paid' ? fulfilOrder(ctx, orderId) : order.status;
}
