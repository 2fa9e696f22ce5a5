import { z } from 'zod';
import { callService, CallError } from '#services/kit/call-service.ts';
import type { PaymentsContext } from './context.ts';
import { refundPayment } from './refund-payment.ts';
import type { PaymentRow } from './tables.ts';

/**
 * Tells orders what became of a payment, and gives the money back if the order is gone. When orders does not answer, the
 * payment stays unsettled, and the settling job tells it again.
 */
export async function settlePayment(ctx: PaymentsContext, payment: PaymentRow): Promise<PaymentRow> {
  try {
    if (payment.status === 'captured') await tellPaid(ctx, payment);
    else if (payment.status === 'declined') await tellDeclined(ctx, payment);
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

function tellPaid(ctx: PaymentsContext, payment: PaymentRow): Promise<unknown> {
  return callService(ctx, {
    service: 'orders',
    method: 'POST',
    path: `/internal/orders/${payment.order_id}/paid`,
    body: { paymentId: payment.id, amountCents: payment.amount_cents },
    answer: z.object({ status: z.string() }),
    idempotent: true,
    // Orders goes on to the warehouse and to shipping before it answers.
    timeoutMs: 4_000,
  });
}

function tellDeclined(ctx: PaymentsContext, payment: PaymentRow): Promise<unknown> {
  return callService(ctx, {
    service: 'orders',
    method: 'POST',
    path: `/internal/orders/${payment.order_id}/cancel`,
    body: { reason: `payment failed: ${payment.decline_reason}` },
    answer: z.object({ status: z.string() }),
    idempotent: true,
  });
}
