import type { Kysely } from 'kysely';
import { z } from 'zod';
import { listInput, Moment, Total } from '#services/kit/lists/list-input.ts';
import { readPage } from '#services/kit/lists/read-page.ts';
import type { User } from '#services/kit/tokens.ts';
import { OrderStatus, type OrdersTables } from './tables.ts';

export const ListOrdersInput = listInput(['createdAt', 'totalCents'], '-createdAt', {
  status: OrderStatus.optional(),
  /** Placed then or later, and before `to`. */
  from: Moment.optional(),
  to: Moment.optional(),
});

const OrderSummary = z.object({ id: z.uuid(), status: OrderStatus, totalCents: z.int(), createdAt: z.date() });
export const Orders = z.object({ orders: z.array(OrderSummary), total: Total });

export async function listOrders(
  db: Kysely<OrdersTables>,
  user: User,
  { status, from, to, ...page }: z.output<typeof ListOrdersInput>,
): Promise<z.infer<typeof Orders>> {
  let query = db
    .selectFrom('orders')
    .select(['id', 'status', 'total_cents as totalCents', 'created_at as createdAt'])
    .where('user_id', '=', user.id);
  if (status !== undefined) query = query.where('status', '=', status);
  if (from !== undefined) query = query.where('created_at', '>=', from);
  if (to !== undefined) query = query.where('created_at', '<', to);
  const { rows, total } = await readPage(query, { createdAt: 'created_at', totalCents: 'total_cents' }, page);
  return { orders: rows, total };
}
