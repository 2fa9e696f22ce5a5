import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { startUpstream, type FakeUpstream } from '#services/gateway/testing/start-upstream.ts';
import { createApp } from '#services/kit/create-app.ts';
import { openDatabase, type Database } from '#services/kit/database.ts';
import { signToken } from '#services/kit/tokens.ts';
import { addPaymentRoutes } from './routes.ts';
import type { PaymentsTables } from './tables.ts';

const jwtSecret = 'a secret of the tests, long enough';
const log = pino({ level: 'silent' });
const ada = { id: randomUUID(), name: 'Ada' };
const ben = { id: randomUUID(), name: 'Ben' };
const CARD = '4242424242424242';
const OTHER_CARD = '5555555555554444';
/** Whose each order is, by its id. */
const owners = new Map<string, string>();
const app = createApp(log);
let postgres: TestPostgres;
let database: Database<PaymentsTables>;
let orders: FakeUpstream;

beforeAll(async () => {
  postgres = await startTestPostgres();
  orders = await startUpstream((request, response) => {
    const [orderId = ''] = /[0-9a-f-]{36}/.exec(request.url ?? '') ?? [];
    const order = { userId: owners.get(orderId), status: 'pending', totalCents: 500 };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(order));
  });
  vi.stubEnv('ORDERS_URL', orders.origin);
  const migrationsDir = path.join(import.meta.dirname, 'migrations');
  database = openDatabase({ url: postgres.url, schema: 'payments', migrationsDir, events: true, log });
  await vi.waitFor(async () => expect(await database.whyNotReady()).toBeNull(), { timeout: 60_000, interval: 50 });
  const payments = new Counter({ name: 'payments', help: '-', labelNames: ['outcome'], registers: [] });
  const revenueCents = new Counter({ name: 'revenue', help: '-', registers: [] });
  addPaymentRoutes(app, { db: database.db, payments, revenueCents, jwtSecret });
});
afterAll(async () => {
  await app.close();
  await database?.close();
  await orders?.stop();
  await postgres?.stop();
  vi.unstubAllEnvs();
});

test('the same key of the same user is the same charge, another user has keys of their own', async () => {
  const key = randomUUID();
  const orderId = orderOf(ada);
  const first = await pay(ada, key, orderId);
  expect(first.statusCode).toBe(201);
  expect((await pay(ada, key, orderId)).json()).toEqual(first.json());
  const other = await pay(ben, key, orderOf(ben));
  expect([other.statusCode, other.json().id === first.json().id]).toEqual([201, false]);
});

test('a key of another order or another card is refused, and a payment without one', async () => {
  const key = randomUUID();
  const orderId = orderOf(ada);
  await pay(ada, key, orderId);
  expect((await pay(ada, key, orderOf(ada))).json()).toMatchObject({ status: 422, code: 'UNPROCESSABLE' });
  expect((await pay(ada, key, orderId, OTHER_CARD)).json()).toMatchObject({ status: 422, code: 'UNPROCESSABLE' });
  expect((await pay(ada, undefined, orderId)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
});

function orderOf({ id }: { id: string }): string {
  const orderId = randomUUID();
  owners.set(orderId, id);
  return orderId;
}

async function pay(user: typeof ada, key: string | undefined, orderId: string, number = CARD) {
  const headers = {
    host: 'localhost',
    authorization: `Bearer ${await signToken(jwtSecret, user)}`,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  return app.inject({ method: 'POST', url: '/payments', headers, body: { orderId, card: { number } } });
}
