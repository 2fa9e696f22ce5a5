import type { OrdersContext } from './context.ts';
import { recordStep } from './record-step.ts';

/** Ends a purchase that was received and has no order: there is nothing to give back. */
export async function giveUpRequest(ctx: OrdersContext, orderId: string, reason: string): Promise<void> {
  const payload = { orderId, reason, refund: false };
  await ctx.db
    .transaction()
    .execute((trx) => recordStep(trx, orderId, { type: 'order.cancelled.v1', payload }, ctx.id));
}
