import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { authenticateBy } from '#services/kit/authenticate.ts';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { listNotifications, ListNotificationsInput, Notifications } from './list-notifications.ts';
import { markRead } from './mark-read.ts';
import { Notification } from './notification.ts';
import type { NotificationsTables } from './tables.ts';

const NotificationParams = z.object({ id: z.uuid() });

export interface NotificationRoutesOptions {
  db: Kysely<NotificationsTables>;
  jwtSecret: string;
}

export function addNotificationRoutes(app: FastifyInstance, { db, jwtSecret }: NotificationRoutesOptions): void {
  const user = authenticateBy(jwtSecret);
  addRoute(app, {
    method: 'GET',
    url: '/notifications',
    summary: 'What the shop has told you, newest first',
    user,
    query: ListNotificationsInput,
    answers: { 200: Notifications },
    handler: ({ user: customer, query }) => listNotifications(db, customer, query),
  });
  addRoute(app, {
    method: 'PUT',
    url: '/notifications/:id/read',
    summary: 'Marks it as read',
    user,
    params: NotificationParams,
    answers: { 200: Notification },
    refusals: { 404: 'You were told no such thing.' },
    handler: ({ user: customer, params }) => markRead(db, customer, params.id),
  });
}
