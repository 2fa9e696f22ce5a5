import type { Kysely } from 'kysely';
import { z } from 'zod';
import { listInput, Total } from '#services/kit/lists/list-input.ts';
import { readPage } from '#services/kit/lists/read-page.ts';
import type { User } from '#services/kit/tokens.ts';
import { Notification, NOTIFICATION_COLUMNS, NotificationKind } from './notification.ts';
import type { NotificationsTables } from './tables.ts';

export const ListNotificationsInput = listInput(['createdAt'], '-createdAt', {
  kind: NotificationKind.optional(),
  orderId: z.uuid().optional(),
  /** Only what was not read yet, or only what was. */
  unread: z.stringbool().optional(),
});

export const Notifications = z.object({ notifications: z.array(Notification), total: Total });

/** What a customer was told, newest first unless asked otherwise. */
export async function listNotifications(
  db: Kysely<NotificationsTables>,
  user: User,
  { kind, orderId, unread, ...page }: z.output<typeof ListNotificationsInput>,
): Promise<z.infer<typeof Notifications>> {
  let query = db
    .selectFrom('notifications')
    .innerJoin('recipients', 'recipients.order_id', 'notifications.order_id')
    .select(NOTIFICATION_COLUMNS)
    .where('recipients.user_id', '=', user.id);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (orderId !== undefined) query = query.where('notifications.order_id', '=', orderId);
  if (unread !== undefined) query = query.where('read_at', unread ? 'is' : 'is not', null);
  const { rows, total } = await readPage(query, { createdAt: 'notifications.created_at' }, page);
  return { notifications: rows, total };
}
