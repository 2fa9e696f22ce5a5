import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { callService, CallError } from '#services/kit/call-service.ts';
import { ServiceError } from '#services/kit/errors.ts';
import { keyReused } from '#services/kit/idempotency/idempotency-key.ts';
import type { User } from '#services/kit/tokens.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { askOrder, type OrderToPay } from './calls.ts';
import type { PaymentsContext } from './context.ts';
import { decideCharge } from './decide-charge.ts';
import { settlePayment } from './settle-payment.ts';
import type { PaymentRow } from './tables.ts';

export const PayOrderInput = z.strictObject({
  orderId: z.uuid(),
  card: z.strictObject({ number: z.string().regex(/^\d{12,19}$/) }),
});

/** Charges the order's total, once for each key, then tells orders of it; throws PAYMENT_REQUIRED when the bank declines. */
export async function payOrder(
  ctx: PaymentsContext,
  user: User,
  key: string,
  input: z.infer<typeof PayOrderInput>,
): Promise<PaymentRow> {
  const payment = (await findByKey(ctx, user, key)) ?? (await charge(ctx, user, key, input));
  if (payment.order_id !== input.orderId || payment.card_last4 !== input.card.number.slice(-4)) throw keyReused();
  const settled = payment.settled_at === null ? await settlePayment(ctx, payment) : payment;
  if (settled.status === 'declined')
    throw new ServiceError('PAYMENT_REQUIRED', `The card was refused: ${settled.decline_reason}.`, {
      extra: { paymentId: settled.id },
    });
  if (settled.status === 'refunded')
    throw new ServiceError('CONFLICT', 'The order could not be completed. The charge was refunded.');
  return settled;
}

async function charge(
  ctx: PaymentsContext,
  user: User,
  key: string,
  { orderId, card }: z.infer<typeof PayOrderInput>,
): Promise<PaymentRow> {
  const order = await readOrder(ctx, orderId);
  if (order.userId !== user.id) throw new ServiceError('NOT_FOUND', 'There is no such order.');
  if (order.status !== 'pending')
    throw new ServiceError('CONFLICT', `The order is ${order.status}, and not to be paid.`);
  const outcome = decideCharge(card.number);
  const inserted = await ctx.db
    .insertInto('payments')
    .values({
      id: randomUUID(),
      order_id: orderId,
      user_id: user.id,
      amount_cents: order.totalCents,
      status: outcome.status,
      decline_reason: outcome.status === 'declined' ? outcome.reason : null,
      card_last4: card.number.slice(-4),
      idempotency_key: key,
      trace_id: currentTraceId(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!inserted) {
    const same = await findByKey(ctx, user, key);
    if (same) return same;
    throw new ServiceError('CONFLICT', 'The order is paid already.');
  }
  ctx.payments.inc({ outcome: outcome.status });
  if (outcome.status === 'captured') ctx.revenueCents.inc(order.totalCents);
  ctx.log.info({ orderId, paymentId: inserted.id, amountCents: order.totalCents, ...outcome }, 'a card was charged');
  return inserted;
}

function findByKey({ db }: PaymentsContext, user: User, key: string): Promise<PaymentRow | undefined> {
  return db
    .selectFrom('payments')
    .selectAll()
    .where('idempotency_key', '=', key)
    .where('user_id', '=', user.id)
    .executeTakeFirst();
}

async function readOrder(ctx: PaymentsContext, orderId: string): Promise<OrderToPay> {
  try {
    return await callService(ctx, askOrder(orderId));
  } catch (error) {
    if (error instanceof CallError && error.status === 404)
      throw new ServiceError('NOT_FOUND', 'There is no such order.');
    throw error;
  }
}
