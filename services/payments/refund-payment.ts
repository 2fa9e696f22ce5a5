import { randomUUID } from 'node:crypto';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { PaymentsContext } from './context.ts';
import type { PaymentRow } from './tables.ts';

/** Gives a captured payment back in full, once. */
export async function refundPayment(ctx: PaymentsContext, payment: PaymentRow, reason: string): Promise<PaymentRow> {
  const now = new Date();
  return ctx.db.transaction().execute(async (trx) => {
    const refunded = await trx
      .updateTable('payments')
      .set({ status: 'refunded', settled_at: now, updated_at: now })
      .where('id', '=', payment.id)
      .where('status', '=', 'captured')
      .returningAll()
      .executeTakeFirst();
    if (!refunded) return trx.selectFrom('payments').selectAll().where('id', '=', payment.id).executeTakeFirstOrThrow();
    await trx
      .insertInto('refunds')
      .values({
        id: randomUUID(),
        payment_id: payment.id,
        amount_cents: payment.amount_cents,
        reason,
        trace_id: currentTraceId(),
      })
      .execute();
    ctx.payments.inc({ outcome: 'refunded' });
    ctx.log.warn({ paymentId: payment.id, orderId: payment.order_id, reason }, 'a payment was refunded');
    return refunded;
  });
}
