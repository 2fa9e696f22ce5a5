import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { createApp } from '#services/kit/create-app.ts';
import { openDatabase, type Database } from '#services/kit/database.ts';
import { applyEvent } from '#services/kit/events/apply-event.ts';
import type { PayloadOf } from '#services/kit/events/contracts.ts';
import { signToken } from '#services/kit/tokens.ts';
import { forgetOld } from './forget-old.ts';
import { notificationHandlers } from './notification-handlers.ts';
import { addNotificationRoutes } from './routes.ts';
import type { NotificationsTables } from './tables.ts';
import type { ToldType } from './word-notification.ts';

const jwtSecret = 'a secret of the tests, long enough';
const log = pino({ level: 'silent' });
const counter = new Counter({ name: 'notifications', help: '-', labelNames: ['kind'] as const, registers: [] });
const handlers = notificationHandlers(counter);
let postgres: TestPostgres;
let database: Database<NotificationsTables>;
let app: FastifyInstance;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = openDatabase<NotificationsTables>({
    url: postgres.url,
    schema: 'notifications',
    migrationsDir: path.join(import.meta.dirname, 'migrations'),
    events: true,
    log,
  });
  await vi.waitFor(async () => expect(await database.whyNotReady()).toBeNull(), { timeout: 60_000, interval: 50 });
  app = createApp(log);
  addNotificationRoutes(app, { db: database.db, jwtSecret });
});
afterAll(async () => {
  await app?.close();
  await database?.close();
  await postgres?.stop();
});

const START_MS = Date.now() - 3_600_000;

function eventOf<Type extends ToldType>(type: Type, payload: PayloadOf<Type>, minute: number) {
  const occurredAt = new Date(START_MS + minute * 60_000).toISOString();
  return { id: randomUUID(), type, key: payload.orderId, payload, occurredAt, headers: {} };
}
const apply = (event: ReturnType<typeof eventOf>) => applyEvent(database.db, handlers, event);

async function customer() {
  const id = randomUUID();
  const authorization = `Bearer ${await signToken(jwtSecret, { id, name: 'Ada' })}`;
  const send = async (method: 'GET' | 'PUT', url: string) => {
    const answer = await app.inject({ method, url, headers: { host: 'localhost', authorization } });
    return { status: answer.statusCode, body: answer.json<Listed>() };
  };
  return { id, send, list: async (query = '') => (await send('GET', `/notifications${query}`)).body };
}
interface Listed {
  notifications: { id: string; kind: string; title: string; body: string; readAt: string | null }[];
  total: number;
  readAt: string | null;
}

/** All that may happen to an order, in the order in which it does. */
function story(userId: string) {
  const orderId = randomUUID();
  const [paymentId, shipmentId] = [randomUUID(), randomUUID()];
  return [
    eventOf('order.received.v1', { orderId, userId, items: [{ productId: 'tamper', quantity: 2 }] }, 0),
    eventOf('order.paid.v1', { orderId, paymentId, amountCents: 7_800 }, 1),
    eventOf('shipment.dispatched.v1', { orderId, shipmentId }, 2),
    eventOf('order.delivered.v1', { orderId, shipmentId }, 3),
    eventOf('order.cancelled.v1', { orderId, reason: 'changed my mind', refund: true }, 4),
    eventOf('payment.refunded.v1', { orderId, paymentId, amountCents: 7_800, reason: 'cancelled' }, 5),
  ];
}
const KINDS = [
  'order_received',
  'order_paid',
  'order_dispatched',
  'order_delivered',
  'order_cancelled',
  'payment_refunded',
];

test('customers are told of their orders, newest first, in words', async () => {
  const ada = await customer();
  for (const event of story(ada.id)) await apply(event);
  const { notifications, total } = await ada.list();
  expect(notifications.map(({ kind }) => kind)).toEqual(KINDS.toReversed());
  expect(total).toBe(6);
  expect(notifications.at(-1)?.body).toMatch(/^order [0-9a-f]{8}: 2 articles\.$/);
  expect(notifications[4]?.body).toMatch(/^78\.00 EUR for order /);
  expect(notifications[1]?.body).toMatch(/: changed my mind\. What you paid comes back\.$/);
  expect((await counter.get()).values.map(({ labels }) => labels.kind).toSorted()).toEqual(KINDS.toSorted());
});

test('once each, however often and in whatever order the events come', async () => {
  const ada = await customer();
  const events = story(ada.id).toReversed();
  for (const event of events.slice(0, -1)) expect(await apply(event)).toBe('applied');
  expect((await ada.list()).total).toBe(0);
  expect(await apply(events.at(-1)!)).toBe('applied');
  for (const event of events) expect(await apply(event)).toBe('duplicate');
  expect((await ada.list()).notifications.map(({ kind }) => kind)).toEqual(KINDS.toReversed());
});

test('what was read stays read, as of the first time, and nobody reads what others are told', async () => {
  const [ada, eve] = [await customer(), await customer()];
  for (const event of story(ada.id).slice(0, 2)) await apply(event);
  const [newest] = (await ada.list('?limit=1')).notifications;
  expect((await eve.list()).notifications).toEqual([]);
  expect((await eve.send('PUT', `/notifications/${newest!.id}/read`)).status).toBe(404);
  const first = await ada.send('PUT', `/notifications/${newest!.id}/read`);
  expect(first).toMatchObject({ status: 200, body: { readAt: expect.any(String) } });
  expect((await ada.send('PUT', `/notifications/${newest!.id}/read`)).body.readAt).toBe(first.body.readAt);
  const unread = await ada.list('?unread=true');
  expect(unread.total).toBe(1);
  expect(unread.notifications.map(({ kind }) => kind)).toEqual(['order_received']);
  for (const query of ['?limit=1&offset=1', '?kind=order_received', '?sort=createdAt&limit=1'])
    expect((await ada.list(query)).notifications.map(({ kind }) => kind)).toEqual(['order_received']);
  expect((await ada.list('?unread=false')).notifications.map(({ id }) => id)).toEqual([newest!.id]);
  const nobody = await app.inject({ url: '/notifications', headers: { host: 'localhost' } });
  expect(nobody.statusCode).toBe(401);
});

test('after ninety days it is forgotten', async () => {
  const ada = await customer();
  for (const event of story(ada.id)) await apply(event);
  await forgetOld(database.db, START_MS + 90 * 86_400_000 + 150_000);
  const kept = (await ada.list()).notifications;
  // Whose order it was is forgotten with the first that was said of it.
  expect(kept).toEqual([]);
  const rows = await database.db.selectFrom('notifications').select('kind').execute();
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(KINDS.slice(3)));
});
