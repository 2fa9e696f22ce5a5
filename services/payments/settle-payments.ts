import { randomUUID } from 'node:crypto';
import { asCorrelated } from '#services/kit/correlation.ts';
import { runAsTrace } from '#services/kit/run-as-trace.ts';
import type { PaymentsContext } from './context.ts';
import { settlePayment } from './settle-payment.ts';

/** Younger than this, the request that made the payment may still be telling orders. */
const IN_FLIGHT_MS = 5_000;
const BATCH_MAX = 50;

/** Tells orders of the payments that it does not know of, after a crash or while it was away. */
export async function settlePayments(ctx: Omit<PaymentsContext, 'id'>, now = Date.now()): Promise<void> {
  const unsettled = await ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('settled_at', 'is', null)
    .where('updated_at', '<', new Date(now - IN_FLIGHT_MS))
    .orderBy('updated_at')
    .limit(BATCH_MAX)
    .execute();
  for (const payment of unsettled) {
    const id = `settle-${randomUUID()}`;
    await asCorrelated(id, () => runAsTrace('settle payment', () => settlePayment({ ...ctx, id }, payment)));
  }
}
