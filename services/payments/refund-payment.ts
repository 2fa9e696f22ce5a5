import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { publishEvent } from '#services/kit/events/publish-event.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { PaymentsContext } from './context.ts';
import type { PaymentRow, PaymentsTables } from './tables.ts';

export interface Refund {
  paymentId: string;
  reason: string;
  correlationId: string;
}

/** Gives a captured payment back in full, once, by the caller's transaction, and tells of it; null when it was not captured. */
export async function refundPayment(
  ctx: Pick<PaymentsContext, 'payments' | 'log'>,
  trx: Kysely<PaymentsTables>,
  { paymentId, reason, correlationId }: Refund,
): Promise<PaymentRow | null> {
  const now = new Date();
  const refunded = await trx
    .updateTable('payments')
    .set({ status: 'refunded', settled_at: now, updated_at: now })
    .where('id', '=', paymentId)
    .where('status', '=', 'captured')
    .returningAll()
    .executeTakeFirst();
  if (!refunded) return null;
  const { order_id: orderId, amount_cents: amountCents } = refunded;
  await trx
    .insertInto('refunds')
    .values({ id: randomUUID(), payment_id: paymentId, amount_cents: amountCents, reason, trace_id: currentTraceId() })
    .execute();
  const payload = { orderId, paymentId, amountCents, reason };
  await publishEvent(trx, { type: 'payment.refunded.v1', key: orderId, payload, correlationId });
  ctx.payments.inc({ outcome: 'refunded' });
  ctx.log.warn({ paymentId, orderId, reason }, 'a payment was refunded');
  return refunded;
}
