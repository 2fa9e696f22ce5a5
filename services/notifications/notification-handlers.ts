import type { Transaction } from 'kysely';
import type { Counter } from 'prom-client';
import type { Handlers, ReceivedEvent } from '#services/kit/events/handlers.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { NotificationsTables } from './tables.ts';
import { WORDS, type ToldType } from './word-notification.ts';

/** What customers hear of: each event of their orders, once. */
export function notificationHandlers(notifications: Counter<'kind'>): Handlers<NotificationsTables> {
  const tell = async <Type extends ToldType>(trx: Transaction<NotificationsTables>, event: ReceivedEvent<Type>) => {
    const { id, type, payload, occurredAt } = event;
    const words = WORDS[type](payload);
    await trx
      .insertInto('notifications')
      .values({
        ...words,
        id,
        order_id: payload.orderId,
        created_at: occurredAt,
        read_at: null,
        trace_id: currentTraceId(),
      })
      .execute();
    notifications.inc({ kind: words.kind });
  };
  return {
    'order.received.v1': async (trx, event) => {
      await rememberRecipient(trx, event);
      await tell(trx, event);
    },
    'order.paid.v1': tell,
    'order.delivered.v1': tell,
    'order.cancelled.v1': tell,
    'payment.refunded.v1': tell,
    'shipment.dispatched.v1': tell,
  };
}

/** Before or after what is told: who reads is looked up when it is read. */
async function rememberRecipient(
  trx: Transaction<NotificationsTables>,
  { payload: { orderId, userId }, occurredAt }: ReceivedEvent<'order.received.v1'>,
): Promise<void> {
  await trx
    .insertInto('recipients')
    .values({ order_id: orderId, user_id: userId, created_at: occurredAt })
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .execute();
}
