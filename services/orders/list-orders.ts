import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { User } from '#services/kit/tokens.ts';
import { OrderStatus, type OrdersTables } from './tables.ts';

export const ListOrdersInput = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });

export const OrderSummary = z.object({ id: z.uuid(), status: OrderStatus, totalCents: z.int(), createdAt: z.date() });
export type OrderSummary = z.infer<typeof OrderSummary>;

export function listOrders(
  db: Kysely<OrdersTables>,
  user: User,
  { limit }: z.infer<typeof ListOrdersInput>,
): Promise<OrderSummary[]> {
  return db
    .selectFrom('orders')
    .select(['id', 'status', 'total_cents as totalCents', 'created_at as createdAt'])
    .where('user_id', '=', user.id)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}
