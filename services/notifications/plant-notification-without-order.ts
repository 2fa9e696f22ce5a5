import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PLANTED_AGE_MS, type Orphan } from '#services/kit/plant-orphan.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { NotificationsTables } from './tables.ts';

export async function plantNotificationWithoutOrder(db: Kysely<NotificationsTables>): Promise<Orphan> {
  const id = randomUUID();
  await db
    .insertInto('notifications')
    .values({
      id,
      order_id: randomUUID(),
      kind: 'order_paid',
      title: 'Your payment has arrived',
      body: 'Planted.',
      created_at: new Date(Date.now() - PLANTED_AGE_MS),
      read_at: null,
      trace_id: currentTraceId(),
    })
    .execute();
  return { id, table: 'notifications.notifications' };
}
