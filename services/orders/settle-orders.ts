import { randomUUID } from 'node:crypto';
import { asCorrelated } from '#services/kit/correlation.ts';
import { runAsTrace } from '#services/kit/run-as-trace.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrdersContext } from './context.ts';
import { decideSettlement, IN_FLIGHT_MS, PAY_WITHIN_MS } from './decide-settlement.ts';
import { fulfilOrder } from './fulfil-order.ts';
import { giveUpRequest } from './give-up-request.ts';

const BATCH_MAX = 50;

/** Finishes what a crash or an absent neighbour left half done; every step may be repeated, so several instances may run it. */
export async function settleOrders(ctx: Omit<OrdersContext, 'id'>, now = Date.now()): Promise<void> {
  const open = await ctx.db
    .selectFrom('orders')
    .select(['id', 'status', 'updated_at', 'stock_released_at'])
    .where((where) =>
      where.or([
        where('status', 'in', ['pending', 'paid']),
        where.and([where('status', '=', 'cancelled'), where('stock_released_at', 'is', null)]),
      ]),
    )
    .where('updated_at', '<', new Date(now - IN_FLIGHT_MS))
    .orderBy('updated_at')
    .limit(BATCH_MAX)
    .execute();
  for (const order of open) {
    const settlement = decideSettlement(order, now);
    if (settlement === 'wait') continue;
    const jobContext: OrdersContext = { ...ctx, id: `settle-${randomUUID()}` };
    await asCorrelated(jobContext.id, () =>
      runAsTrace(`${settlement} order`, async () => {
        if (settlement === 'fulfil') await fulfilOrder(jobContext, order.id);
        else await cancelOrder(jobContext, order.id, { reason: 'not paid in time' });
      }),
    );
  }
  await giveUpForgotten(ctx, now);
}

/** Requests whose process died before it could make an order of them. */
async function giveUpForgotten(ctx: Omit<OrdersContext, 'id'>, now: number): Promise<void> {
  const forgotten = await ctx.db
    .selectFrom('sagas')
    .select('order_id')
    .where('state', '=', 'RECEIVED')
    .where('updated_at', '<', new Date(now - PAY_WITHIN_MS))
    .limit(BATCH_MAX)
    .execute();
  for (const { order_id: orderId } of forgotten) {
    const id = `settle-${randomUUID()}`;
    await asCorrelated(id, () =>
      runAsTrace('give up request', () =>
        giveUpRequest({ ...ctx, id }, orderId, 'the shop stopped while it was received'),
      ),
    );
  }
}
