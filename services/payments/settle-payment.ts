import { callService, CallError } from '#services/kit/call-service.ts';
import { tellDeclined, tellPaid } from './calls.ts';
import type { PaymentsContext } from './context.ts';
import { refundPayment } from './refund-payment.ts';
import type { PaymentRow } from './tables.ts';

/**
 * Tells orders what became of a payment, and gives the money back if the order is gone. When orders does not answer, the
 * payment stays unsettled, and the settling job tells it again.
 */
export async function settlePayment(ctx: PaymentsContext, payment: PaymentRow): Promise<PaymentRow> {
  const { order_id: orderId } = payment;
  try {
    if (payment.status === 'captured')
      await callService(ctx, tellPaid(orderId, { paymentId: payment.id, amountCents: payment.amount_cents }));
    else if (payment.status === 'declined')
      await callService(ctx, tellDeclined(orderId, payment.decline_reason ?? 'unknown'));
  } catch (error) {
    const refused = error instanceof CallError && (error.status === 404 || error.status === 409);
    if (!refused) {
      ctx.log.warn({ err: error, paymentId: payment.id }, 'orders does not know of a payment yet');
      return payment;
    }
    if (payment.status === 'captured') return refund(ctx, payment, error.detail);
  }
  return ctx.db
    .updateTable('payments')
    .set({ settled_at: new Date(), updated_at: new Date() })
    .where('id', '=', payment.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

function refund(ctx: PaymentsContext, payment: PaymentRow, reason: string): Promise<PaymentRow> {
  return ctx.db.transaction().execute(async (trx) => {
    const refunded = await refundPayment(ctx, trx, { paymentId: payment.id, reason, correlationId: ctx.id });
    return refunded ?? trx.selectFrom('payments').selectAll().where('id', '=', payment.id).executeTakeFirstOrThrow();
  });
}
