import type { Kysely } from 'kysely';
import { ServiceError } from '#services/kit/errors.ts';
import type { SagaData, SagaState } from './saga.ts';
import type { OrdersTables } from './tables.ts';

export interface OrderHistory {
  orderId: string;
  state: SagaState;
  /** What its events come to. */
  data: SagaData;
  events: { version: number; type: string; payload: unknown; occurredAt: Date; traceId: string }[];
}

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
