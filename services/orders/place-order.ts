import type { z } from 'zod';
import { doOnce } from '#services/kit/idempotency/do-once.ts';
import { idempotencyTables } from '#services/kit/idempotency/tables.ts';
import type { User } from '#services/kit/tokens.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrdersContext } from './context.ts';
import { createOrder, type CreatedOrder, type CreateOrderInput } from './create-order.ts';
import { giveUpRequest } from './give-up-request.ts';

const STOPPED = 'the shop stopped while it was placed';

/** Places an order once for each key of a user, however often it is asked and whichever instance is asked. */
export async function placeOrder(
  ctx: OrdersContext,
  user: User,
  key: string,
  input: z.infer<typeof CreateOrderInput>,
): Promise<{ order: CreatedOrder; isReplayed: boolean }> {
  const db = idempotencyTables(ctx.db);
  const { answer, isReplayed } = await doOnce(db, { userId: user.id, key, input }, async ({ earlierId, begin }) => {
    const earlier = earlierId === null ? null : await findPlaced(ctx, earlierId);
    return earlier ?? createOrder(ctx, user, input, (trx, orderId) => begin(idempotencyTables(trx), orderId));
  });
  return { order: answer, isReplayed };
}

/** What an earlier try has left: an order that is placed, or what is ended here so that another can take its place. */
async function findPlaced(ctx: OrdersContext, orderId: string): Promise<CreatedOrder | null> {
  const saga = await ctx.db
    .selectFrom('sagas')
    .select(['state', 'data'])
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  switch (saga?.state) {
    case 'RESERVED':
    case 'PAID':
    case 'DELIVERED':
      // Known since the order was requested.
      return { id: orderId, status: 'pending', totalCents: saga.data.totalCents! };
    case 'ORDER_REQUESTED':
      await cancelOrder(ctx, orderId, { reason: STOPPED });
      return null;
    case 'RECEIVED':
      await giveUpRequest(ctx, orderId, STOPPED);
      return null;
    default:
      return null;
  }
}
