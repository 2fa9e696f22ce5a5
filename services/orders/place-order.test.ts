import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { startUpstream, type FakeUpstream } from '#services/gateway/testing/start-upstream.ts';
import { createApp } from '#services/kit/create-app.ts';
import { openDatabase, type Database } from '#services/kit/database.ts';
import { forgetKeys } from '#services/kit/idempotency/forget-keys.ts';
import { idempotencyTables } from '#services/kit/idempotency/tables.ts';
import { signToken } from '#services/kit/tokens.ts';
import { addOrderRoutes } from './routes.ts';
import type { OrdersTables } from './tables.ts';

const jwtSecret = 'a secret of the tests, long enough';
const log = pino({ level: 'silent' });
const ada = { id: randomUUID(), name: 'Ada' };
const ben = { id: randomUUID(), name: 'Ben' };
const ITEMS = { items: [{ productId: 'tamper', quantity: 2 }] };
let postgres: TestPostgres;
let database: Database<OrdersTables>;
let shop: FakeUpstream;
let app: ReturnType<typeof createApp>;
/** How the warehouse answers. */
let reserve: () => Promise<number>;

beforeAll(async () => {
  postgres = await startTestPostgres();
  shop = await startUpstream((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/products'))
      response.end(JSON.stringify({ products: [{ id: 'tamper', name: 'Tamper', priceCents: 3_900 }] }));
    else if (request.url?.endsWith('/release')) response.end(JSON.stringify({ status: 'released' }));
    else void reserve().then((status) => response.writeHead(status).end(JSON.stringify({ status: 'held' })));
  });
  process.env.CATALOG_URL = process.env.INVENTORY_URL = shop.origin;
  database = openDatabase<OrdersTables>({
    url: postgres.url,
    schema: 'orders',
    migrationsDir: path.join(import.meta.dirname, 'migrations'),
    events: true,
    idempotencyKeys: true,
    log,
  });
  await vi.waitFor(async () => expect(await database.whyNotReady()).toBeNull(), { timeout: 60_000, interval: 50 });
  app = createApp(log);
  addOrderRoutes(app, {
    db: database.db,
    jwtSecret,
    ordersCreated: new Counter({ name: 'created', help: '-', registers: [] }),
    orders: new Counter({ name: 'orders', help: '-', labelNames: ['outcome'], registers: [] }),
  });
  await app.ready();
});
beforeEach(() => {
  reserve = async () => 201;
});
afterAll(async () => {
  await app?.close();
  await database?.close();
  await shop?.stop();
  await postgres?.stop();
});

test('the same key of the same user is the same order', async () => {
  const key = randomUUID();
  const first = await order(key);
  expect([first.statusCode, first.headers['idempotent-replayed']]).toEqual([201, undefined]);
  const again = await order(key, { items: [{ quantity: 2, productId: 'tamper' }] });
  expect([again.statusCode, again.headers['idempotent-replayed']]).toEqual([201, 'true']);
  expect(again.json()).toEqual(first.json());
  const other = await order(key, ITEMS, ben);
  expect([other.statusCode, other.json().id === first.json().id]).toEqual([201, false]);
  expect((await order(undefined)).json().id).not.toBe(first.json().id);
});

test('a key of another request is refused, and one that is none', async () => {
  const key = randomUUID();
  await order(key);
  const reused = await order(key, { items: [{ productId: 'tamper', quantity: 3 }] });
  expect(reused.json()).toMatchObject({ status: 422, code: 'UNPROCESSABLE' });
  expect((await order('short')).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
});

test('who asks while the first try is under way is told to wait, and then gets its order', async () => {
  const key = randomUUID();
  const isAsked = Promise.withResolvers<void>();
  const warehouse = Promise.withResolvers<number>();
  reserve = () => {
    isAsked.resolve();
    return warehouse.promise;
  };
  const first = order(key);
  await isAsked.promise;
  const early = await order(key);
  expect([early.statusCode, early.headers['retry-after']]).toEqual([409, '1']);
  warehouse.resolve(201);
  const { statusCode, body } = await first;
  // On a machine so slow that the warehouse seems not to answer, the first try fails; the next is then told nothing old.
  const late = await order(key);
  expect(late.statusCode).toBe(201);
  if (statusCode === 201) expect(late.body).toBe(body);
});

test('what failed may be tried again with its key: one order stands, what began before is cancelled', async () => {
  const key = randomUUID();
  reserve = async () => 503;
  expect((await order(key)).statusCode).toBe(503);
  reserve = async () => 201;
  const again = await order(key);
  expect([again.statusCode, again.headers['idempotent-replayed']]).toEqual([201, undefined]);
  expect((await rowOfKey(key)).subject_id).toBe(again.json().id);
});

test('a try whose process died is finished by the next', async () => {
  const key = randomUUID();
  const placed = await order(key);
  // As a process leaves it that dies between the order and its answer.
  await forgetAnswer(key);
  expect((await order(key)).json()).toMatchObject({ status: 409 });
  await forgetAnswer(key, new Date(0));
  const again = await order(key);
  expect([again.statusCode, again.json()]).toEqual([201, placed.json()]);

  await forgetAnswer(key, new Date(0));
  const { id } = placed.json() as { id: string };
  await database.db.updateTable('sagas').set({ state: 'ORDER_REQUESTED' }).where('order_id', '=', id).execute();
  const anew = await order(key);
  expect([anew.statusCode, anew.json().id === id]).toEqual([201, false]);
  const left = await database.db.selectFrom('orders').select('status').where('id', '=', id).executeTakeFirst();
  expect(left).toEqual({ status: 'cancelled' });
});

test('a try that is taken for dead and lives finds that its order was given up', async () => {
  const key = randomUUID();
  const isAsked = Promise.withResolvers<void>();
  const warehouse = Promise.withResolvers<number>();
  reserve = () => {
    isAsked.resolve();
    return warehouse.promise;
  };
  const slow = order(key);
  await isAsked.promise;
  const { subject_id: begun } = await rowOfKey(key);
  await forgetAnswer(key, new Date(0));
  reserve = async () => 201;
  const quick = await order(key);
  expect(quick.statusCode).toBe(201);
  warehouse.resolve(201);
  expect((await slow).json()).toMatchObject({ status: 409, detail: expect.stringContaining('given up') as string });
  expect((await order(key)).json()).toEqual(quick.json());
  const { rows } = await sql<{ id: string; status: string }>`
    SELECT id, status FROM orders.orders WHERE id IN (${begun}, ${quick.json().id}) ORDER BY status`.execute(
    database.db,
  );
  expect(rows).toEqual([
    { id: begun, status: 'cancelled' },
    { id: quick.json().id, status: 'pending' },
  ]);
});

test('keys are forgotten after a day', async () => {
  const key = randomUUID();
  const first = await order(key);
  const keys = idempotencyTables(database.db);
  await forgetKeys(keys, Date.now() + 23 * 3_600_000);
  expect((await order(key)).json()).toEqual(first.json());
  await forgetKeys(keys, Date.now() + 25 * 3_600_000);
  expect((await order(key)).json().id).not.toBe(first.json().id);
});

async function order(key: string | undefined, body: object = ITEMS, user = ada) {
  const authorization = `Bearer ${await signToken(jwtSecret, user)}`;
  const headers = {
    host: 'localhost',
    authorization,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  return app.inject({ method: 'POST', url: '/orders', headers, body });
}

function rowOfKey(key: string) {
  return database.db.selectFrom('idempotency_keys').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
}

async function forgetAnswer(key: string, busyUntil = new Date(Date.now() + 600_000)): Promise<void> {
  await database.db
    .updateTable('idempotency_keys')
    .set({ answer: null, busy_until: busyUntil })
    .where('key', '=', key)
    .execute();
}
