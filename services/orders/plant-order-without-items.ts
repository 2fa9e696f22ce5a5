import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PLANTED_AGE_MS, type Orphan } from '#services/kit/plant-orphan.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { OrdersTables } from './tables.ts';

/** Cancelled and released, so that nothing else is wrong with it and no job looks after it. */
export async function plantOrderWithoutItems(db: Kysely<OrdersTables>): Promise<Orphan> {
  const id = randomUUID();
  const at = new Date(Date.now() - PLANTED_AGE_MS);
  const anyUser = await db.selectFrom('orders').select('user_id').limit(1).executeTakeFirst();
  await db
    .insertInto('orders')
    .values({
      id,
      user_id: anyUser?.user_id ?? randomUUID(),
      status: 'cancelled',
      total_cents: 100,
      cancel_reason: 'planted',
      stock_released_at: at,
      created_at: at,
      updated_at: at,
      trace_id: currentTraceId(),
    })
    .execute();
  return { id, table: 'orders.orders' };
}
