import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { addCatalogRoutes } from './catalog/routes.ts';
import type { CatalogTables } from './catalog/tables.ts';
import { createApp } from './kit/create-app.ts';
import { openDatabase, type Database } from './kit/database.ts';
import { signToken } from './kit/tokens.ts';
import { addOrderRoutes } from './orders/routes.ts';
import type { OrdersTables } from './orders/tables.ts';
import { addPaymentRoutes } from './payments/routes.ts';
import type { PaymentsTables } from './payments/tables.ts';
import { addShippingRoutes } from './shipping/routes.ts';
import type { ShippingTables } from './shipping/tables.ts';

const jwtSecret = 'a secret of the tests, long enough';
const log = pino({ level: 'silent' });
const ada = { id: randomUUID(), name: 'Ada' };
const TOTALS = [500, 100, 300, 300, 200];
let postgres: TestPostgres;
const databases: Database<never>[] = [];
let app: FastifyInstance;
let orderIds: string[];

function open<Tables>(schema: string): Database<Tables> {
  const migrationsDir = path.join(import.meta.dirname, schema, 'migrations');
  const database = openDatabase<Tables>({ url: postgres.url, schema, migrationsDir, events: true, log });
  databases.push(database as unknown as Database<never>);
  return database;
}

beforeAll(async () => {
  postgres = await startTestPostgres();
  const catalog = open<CatalogTables>('catalog');
  const orders = open<OrdersTables>('orders');
  const payments = open<PaymentsTables>('payments');
  const shipping = open<ShippingTables>('shipping');
  for (const each of databases)
    await vi.waitFor(async () => expect(await each.whyNotReady()).toBeNull(), { timeout: 60_000, interval: 50 });
  app = createApp(log);
  addCatalogRoutes(app, { db: catalog.db, jwtSecret, reviewsWritten: counter() });
  addOrderRoutes(app, { db: orders.db, jwtSecret, ordersCreated: counter(), orders: counter() });
  addPaymentRoutes(app, { db: payments.db, jwtSecret, payments: counter(), revenueCents: counter() });
  addShippingRoutes(app, { db: shipping.db, jwtSecret, shipments: counter() });

  const rows = TOTALS.map((totalCents, index) => ({
    id: randomUUID(),
    user_id: ada.id,
    created_at: new Date(Date.UTC(2026, 10, index + 1)),
    trace_id: '',
    totalCents,
  }));
  orderIds = rows.map(({ id }) => id);
  const strange = { ...rows[0]!, id: randomUUID(), user_id: randomUUID() };
  for (const { totalCents, ...row } of [...rows, strange]) {
    const status = totalCents === 300 ? 'paid' : 'pending';
    await orders.db
      .insertInto('orders')
      .values({
        ...row,
        status,
        total_cents: totalCents,
        cancel_reason: null,
        payment_id: null,
        shipment_id: null,
        stock_released_at: null,
      })
      .execute();
    const payment = {
      ...row,
      order_id: row.id,
      amount_cents: totalCents,
      card_last4: '4242',
      decline_reason: totalCents === 300 ? null : 'declined by the bank',
      idempotency_key: row.id,
      settled_at: new Date(),
    };
    await payments.db
      .insertInto('payments')
      .values({ ...payment, status: totalCents === 300 ? 'captured' : 'declined' })
      .execute();
    await shipping.db
      .insertInto('shipments')
      .values({
        ...row,
        order_id: row.id,
        status: totalCents === 300 ? 'dispatched' : 'preparing',
        carrier: 'post',
        tracking_code: row.id,
      })
      .execute();
  }
});
afterAll(async () => {
  await app?.close();
  for (const each of databases) await each.close();
  await postgres?.stop();
});

function counter(): Counter {
  return new Counter({ name: `c${randomUUID().replaceAll('-', '')}`, help: '-', registers: [] });
}

async function ask(url: string) {
  const headers = { host: 'localhost', authorization: `Bearer ${await signToken(jwtSecret, ada)}` };
  const answer = await app.inject({ url, headers });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

/** The list, each by its place among those that were put in. */
async function list(url: string, key: string, id = 'id') {
  const { status, body } = await ask(url);
  expect(status, JSON.stringify(body)).toBe(200);
  const rows = body[key] as Record<string, string>[];
  return { found: rows.map((row) => orderIds.indexOf(row[id]!)), total: body.total };
}

test.each([
  ['/orders', [4, 3, 2, 1, 0], 5],
  ['/orders?sort=createdAt&limit=2&offset=1', [1, 2], 5],
  ['/orders?sort=totalCents&limit=2', [1, 4], 5],
  ['/orders?sort=-totalCents&limit=1', [0], 5],
  ['/orders?status=paid&sort=createdAt', [2, 3], 2],
  ['/orders?from=2026-11-02&to=2026-11-04T00:00:00Z', [2, 1], 2],
  ['/orders?status=shipped', [], 0],
])('%s', async (url, found, total) => {
  expect(await list(url, 'orders')).toEqual({ found, total });
});

test('payments and shipments are paged, filtered and sorted alike', async () => {
  expect(await list('/payments?status=declined&sort=amountCents', 'payments', 'orderId')).toEqual({
    found: [1, 4, 0],
    total: 3,
  });
  expect(await list(`/payments?orderId=${orderIds[2]}`, 'payments', 'orderId')).toEqual({ found: [2], total: 1 });
  expect(await list('/payments?limit=2&offset=4', 'payments', 'orderId')).toEqual({ found: [0], total: 5 });
  expect(await list('/shipments?limit=2', 'shipments', 'orderId')).toEqual({ found: [4, 3], total: 5 });
  expect(await list('/shipments?status=dispatched&sort=createdAt', 'shipments', 'orderId')).toEqual({
    found: [2, 3],
    total: 2,
  });
});

test('products are sorted, filtered by price and words, and paged without a gap or a double', async () => {
  const all = (await ask('/products?limit=100&sort=priceCents')).body as {
    products: { id: string; priceCents: number }[];
    total: number;
  };
  const prices = all.products.map(({ priceCents }) => priceCents);
  expect(all.total).toBe(all.products.length);
  expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  const pages: string[] = [];
  for (let offset = 0; offset < all.total; offset += 4) {
    const { body } = await ask(`/products?limit=4&offset=${offset}&sort=priceCents`);
    pages.push(...(body.products as { id: string }[]).map(({ id }) => id));
  }
  expect(pages).toEqual(all.products.map(({ id }) => id));
  const middle = prices[Math.floor(prices.length / 2)]!;
  const dear = (await ask(`/products?minPriceCents=${middle}&limit=100`)).body;
  expect(dear.total).toBe(prices.filter((price) => price >= middle).length);
});

test.each([
  ['/orders?limit=0', '#/limit', '>=1'],
  ['/orders?limit=many', '#/limit', 'number'],
  ['/orders?sort=userId', '#/sort', '"createdAt"|"-createdAt"|"totalCents"|"-totalCents"'],
  ['/orders?status=lost', '#/status', '"pending"|"paid"|"shipped"|"cancelled"'],
  ['/orders?from=yesterday', '#/from', 'Invalid'],
  ['/orders?page=2', '#/', '"page"'],
  ['/payments?offset=-1', '#/offset', '>=0'],
  ['/products?minPriceCents=cheap', '#/minPriceCents', 'number'],
])('%s is refused, and says why', async (url, pointer, detail) => {
  const { status, body } = await ask(url);
  expect(status).toBe(400);
  expect(body.errors).toEqual([{ pointer, detail: expect.stringContaining(detail) as string }]);
});
