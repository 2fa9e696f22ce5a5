import { sql, type Kysely } from 'kysely';
import { ServiceError } from '#services/kit/errors.ts';
import type { User } from '#services/kit/tokens.ts';
import { NOTIFICATION_COLUMNS, type Notification } from './notification.ts';
import type { NotificationsTables } from './tables.ts';

/** Marks what a customer was told as read; it stays read as of the first time. */
export async function markRead(db: Kysely<NotificationsTables>, user: User, id: string): Promise<Notification> {
  const marked = await db
    .updateTable('notifications')
    .set({ read_at: sql<Date>`coalesce(read_at, now())` })
    .where('id', '=', id)
    .where('order_id', 'in', ({ selectFrom }) =>
      selectFrom('recipients').select('recipients.order_id').where('user_id', '=', user.id),
    )
    .returning(NOTIFICATION_COLUMNS)
    .executeTakeFirst();
  if (!marked) throw new ServiceError('NOT_FOUND', 'You were told no such thing.');
  return marked;
}
