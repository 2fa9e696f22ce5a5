import type { Handlers } from '#services/kit/events/handlers.ts';
import type { PaymentsContext } from './context.ts';
import { refundPayment } from './refund-payment.ts';
import type { PaymentsTables } from './tables.ts';

/** What payments does about the events of orders: one that was paid and is cancelled is given its money back. */
export function paymentHandlers(ctx: Pick<PaymentsContext, 'payments' | 'log'>): Handlers<PaymentsTables> {
  return {
    'order.cancelled.v1': async (trx, { payload: { orderId, reason, refund }, correlationId }) => {
      if (!refund) return;
      const captured = await trx
        .selectFrom('payments')
        .select('id')
        .where('order_id', '=', orderId)
        .where('status', '=', 'captured')
        .executeTakeFirst();
      if (captured) await refundPayment(ctx, trx, { paymentId: captured.id, reason, correlationId });
    },
  };
}
