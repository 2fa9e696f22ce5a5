import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { callService, CallError } from '#services/kit/call-service.ts';
import { ServiceError } from '#services/kit/errors.ts';
import type { User } from '#services/kit/tokens.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { askPrices, holdGoods } from './calls.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrdersContext } from './context.ts';
import { giveUpRequest } from './give-up-request.ts';
import { priceItems, type PricedItem, type WantedItem } from './price-items.ts';
import { beginSaga, recordStep } from './record-step.ts';
import type { OrdersTables } from './tables.ts';

const QUANTITY_MAX = 20;

export const CreateOrderInput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        productId: z.string().regex(/^[a-z0-9-]{3,60}$/),
        quantity: z.number().int().min(1).max(QUANTITY_MAX),
      }),
    )
    .min(1)
    .max(20),
});

export const CreatedOrder = z.object({ id: z.uuid(), status: z.literal('pending'), totalCents: z.int() });
export type CreatedOrder = z.infer<typeof CreatedOrder>;

/**
 * Writes the order and holds its goods; if they cannot be held the order is cancelled, and whatever was held given back.
 * `onBegin` takes part in the transaction by which it begins.
 */
export async function createOrder(
  ctx: OrdersContext,
  user: User,
  input: z.infer<typeof CreateOrderInput>,
  onBegin?: (trx: Kysely<OrdersTables>, orderId: string) => Promise<void>,
): Promise<CreatedOrder> {
  const id = randomUUID();
  const received = { orderId: id, userId: user.id, items: input.items };
  await ctx.db.transaction().execute(async (trx) => {
    await onBegin?.(trx, id);
    await beginSaga(trx, received, { type: 'order.received.v1', payload: received }, ctx.id);
  });
  const { items, totalCents } = await priceOrGiveUp(ctx, id, input.items);
  await insertOrder(ctx, { id, userId: user.id, items, totalCents });
  try {
    await callService(ctx, holdGoods(id, items));
  } catch (error) {
    const soldOut = error instanceof CallError && error.status === 409;
    await cancelOrder(ctx, id, { reason: soldOut ? 'out of stock' : 'the warehouse did not answer' });
    if (soldOut) throw new ServiceError('CONFLICT', error.detail, { cause: error });
    throw error;
  }
  const isReserved = await ctx.db
    .transaction()
    .execute((trx) => recordStep(trx, id, { type: 'order.reserved.v1', payload: { orderId: id } }, ctx.id));
  if (!isReserved) throw givenUp();
  ctx.ordersCreated.inc();
  ctx.log.info({ orderId: id, totalCents, lines: items.length }, 'an order was placed');
  return { id, status: 'pending', totalCents };
}

/** Another try has taken over, or it took so long that it expired. */
function givenUp(): ServiceError {
  return new ServiceError('CONFLICT', 'The order was given up while it was placed. Order again.');
}

async function priceOrGiveUp(
  ctx: OrdersContext,
  orderId: string,
  wanted: WantedItem[],
): Promise<{ items: PricedItem[]; totalCents: number }> {
  try {
    const ids = [...new Set(wanted.map(({ productId }) => productId))];
    const { products } = await callService(ctx, askPrices(ids));
    return priceItems(wanted, products);
  } catch (error) {
    await giveUpRequest(ctx, orderId, (error as Error).message);
    throw error;
  }
}

async function insertOrder(
  { db, id: requestId }: OrdersContext,
  order: { id: string; userId: string; items: PricedItem[]; totalCents: number },
): Promise<void> {
  const traceId = currentTraceId();
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('orders')
      .values({
        id: order.id,
        user_id: order.userId,
        status: 'pending',
        total_cents: order.totalCents,
        trace_id: traceId,
      })
      .execute();
    await trx
      .insertInto('items')
      .values(
        order.items.map((item, index) => ({
          order_id: order.id,
          line: index + 1,
          product_id: item.productId,
          name: item.name,
          quantity: item.quantity,
          unit_price_cents: item.unitPriceCents,
          trace_id: traceId,
        })),
      )
      .execute();
    const payload = {
      orderId: order.id,
      userId: order.userId,
      total: { cents: order.totalCents, currency: 'EUR' },
      items: order.items.map(({ productId, quantity, unitPriceCents }) => ({ productId, quantity, unitPriceCents })),
    };
    const isWanted = await recordStep(trx, order.id, { type: 'order.created.v2', payload }, requestId);
    if (!isWanted) throw givenUp();
  });
}
