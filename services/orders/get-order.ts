import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import { OrderStatus, type OrdersTables } from './tables.ts';

export const OrderView = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  status: OrderStatus,
  totalCents: z.int(),
  currency: z.string(),
  cancelReason: z.string().nullable(),
  createdAt: z.date(),
  items: z.array(z.object({ productId: z.string(), name: z.string(), quantity: z.int(), unitPriceCents: z.int() })),
});
export type OrderView = z.infer<typeof OrderView>;

/** `userId` is whose order it must be; another's is not found, as if it did not exist. */
export async function getOrder(db: Kysely<OrdersTables>, id: string, userId?: string): Promise<OrderView> {
  const order = await db
    .selectFrom('orders')
    .select(['id', 'user_id', 'status', 'total_cents', 'currency', 'cancel_reason', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!order || (userId !== undefined && order.user_id !== userId))
    throw new ServiceError('NOT_FOUND', 'There is no such order.');
  const items = await db
    .selectFrom('items')
    .select(['product_id as productId', 'name', 'quantity', 'unit_price_cents as unitPriceCents'])
    .where('order_id', '=', id)
    .orderBy('line')
    .execute();
  return {
    id,
    userId: order.user_id,
    status: order.status,
    totalCents: order.total_cents,
    currency: order.currency,
    cancelReason: order.cancel_reason,
    createdAt: order.created_at,
    items,
  };
}
