import { randomUUID } from 'node:crypto';
import { runAsTrace } from '#services/kit/run-as-trace.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrdersContext } from './context.ts';
import { decideSettlement, IN_FLIGHT_MS } from './decide-settlement.ts';
import { fulfilOrder } from './fulfil-order.ts';

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
    await runAsTrace(`${settlement} order`, async () => {
      if (settlement === 'fulfil') await fulfilOrder(jobContext, order.id);
      else await cancelOrder(jobContext, order.id, 'not paid in time');
    });
  }
}
