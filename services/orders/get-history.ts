import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import { SagaData, SagaState } from './saga.ts';
import type { OrdersTables } from './tables.ts';

export const OrderHistory = z.object({
  orderId: z.uuid(),
  state: SagaState,
  /** What its events come to. */
  data: SagaData,
  events: z.array(
    z.object({
      version: z.int(),
      type: z.string(),
      payload: z.unknown(),
      occurredAt: z.date(),
      traceId: z.string(),
    }),
  ),
});
export type OrderHistory = z.infer<typeof OrderHistory>;

/** Everything that happened to a purchase, oldest first. `userId` is whose it must be; another's is not found. */
export async function getHistory(db: Kysely<OrdersTables>, orderId: string, userId?: string): Promise<OrderHistory> {
  const saga = await db
    .selectFrom('sagas')
    .select(['state', 'data', 'user_id'])
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  if (!saga || (userId !== undefined && saga.user_id !== userId))
    throw new ServiceError('NOT_FOUND', 'There is no such order.');
  const events = await db
    .selectFrom('history')
    .select(['version', 'type', 'payload', 'occurred_at as occurredAt', 'trace_id as traceId'])
    .where('order_id', '=', orderId)
    .orderBy('version')
    .execute();
  return { orderId, state: saga.state, data: saga.data, events };
}
