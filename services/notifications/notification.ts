import { z } from 'zod';

export const NotificationKind = z.enum([
  'order_received',
  'order_paid',
  'order_dispatched',
  'order_delivered',
  'order_cancelled',
  'payment_refunded',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** What a customer is told. */
export const Notification = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  kind: NotificationKind,
  title: z.string(),
  body: z.string(),
  createdAt: z.date(),
  readAt: z.date().nullable(),
});
export type Notification = z.infer<typeof Notification>;

export const NOTIFICATION_COLUMNS = [
  'notifications.id',
  'notifications.order_id as orderId',
  'kind',
  'title',
  'body',
  'notifications.created_at as createdAt',
  'read_at as readAt',
] as const;
