import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { addAuthRoutes } from './auth/routes.ts';
import type { AuthTables } from './auth/tables.ts';
import { addCatalogRoutes } from './catalog/routes.ts';
import type { CatalogTables } from './catalog/tables.ts';
import * as gatewayCalls from './gateway/bff/calls.ts';
import { contracts as ofGateway } from './gateway/bff/contracts.ts';
import { addInventoryRoutes } from './inventory/routes.ts';
import type { InventoryTables } from './inventory/tables.ts';
import { contracts as ofEvery } from './kit/ask-token.contract.ts';
import type { GivenStates } from './kit/contract/contract.ts';
import { verifyContract } from './kit/contract/verify-contract.ts';
import { createApp } from './kit/create-app.ts';
import { openDatabase, type Database } from './kit/database.ts';
import { signToken } from './kit/tokens.ts';
import * as ordersCalls from './orders/calls.ts';
import { contracts as ofOrders } from './orders/contracts.ts';
import { addOrderRoutes } from './orders/routes.ts';
import type { OrdersTables } from './orders/tables.ts';
import * as paymentsCalls from './payments/calls.ts';
import { contracts as ofPayments } from './payments/contracts.ts';
import { addShippingRoutes } from './shipping/routes.ts';
import type { ShippingTables } from './shipping/tables.ts';

const CONTRACTS = [ofEvery, ofGateway, ofOrders, ofPayments].flatMap((each) => Object.entries(each));
const jwtSecret = 'a secret of the tests, long enough';
const log = pino({ level: 'silent' });
const counter = () => new Counter({ name: 'counted', help: '-', labelNames: ['outcome'], registers: [] });
let postgres: TestPostgres;
const databases: Database<unknown>[] = [];
const apps: Record<string, FastifyInstance> = {};

beforeAll(async () => {
  postgres = await startTestPostgres();
  await start('auth', (app, db: Kysely<AuthTables>) => addAuthRoutes(app, { db, jwtSecret, registrations: counter() }));
  await start('catalog', (app, db: Kysely<CatalogTables>) =>
    addCatalogRoutes(app, { db, jwtSecret, reviewsWritten: counter() }),
  );
  await start('inventory', (app, db: Kysely<InventoryTables>) => addInventoryRoutes(app, { db, jwtSecret }));
  await start('shipping', (app, db: Kysely<ShippingTables>) =>
    addShippingRoutes(app, { db, jwtSecret, shipments: counter() }),
  );
  await start('orders', (app, db: Kysely<OrdersTables>) =>
    addOrderRoutes(app, { db, jwtSecret, ordersCreated: counter(), orders: counter() }),
  );
});
afterAll(async () => {
  await Promise.all(Object.values(apps).map((app) => app.close()));
  await Promise.all(databases.map((database) => database.close()));
  await postgres?.stop();
});

const STATES: Record<string, GivenStates> = {
  auth: {
    'a token of a customer': async () => {
      const account = { email: `${randomUUID()}@shop.example`, password: 'correct horse battery' };
      await ask('auth', 'POST', '/auth/register', { ...account, name: 'Ada' });
      return ask('auth', 'POST', '/auth/login', account);
    },
  },
  catalog: {
    'a product': async () => ({ productId: 'tamper' }),
    'a product with reviews': async () => {
      const token = await signToken(jwtSecret, { id: randomUUID(), name: 'Ada' });
      const review = { rating: 4, text: 'Fits.' };
      await ask('catalog', 'POST', '/products/tamper/reviews', review, { authorization: `Bearer ${token}` });
      return { productId: 'tamper' };
    },
    'a product without reviews': async () => ({ productId: 'cloth-filter' }),
  },
  inventory: {
    'goods in stock': async () => ({ productId: 'tamper' }),
    'goods that are nearly gone': async () => {
      const productId = 'knock-box';
      const { available } = await ask('inventory', 'GET', `/inventory/${productId}`);
      for (let left = Number(available) - 1; left > 0; left -= 99)
        await hold(randomUUID(), productId, Math.min(left, 99));
      return { productId };
    },
    'goods that an order holds': async () => {
      const orderId = randomUUID();
      await hold(orderId, 'tamper', 1);
      return { orderId, productId: 'tamper' };
    },
  },
  shipping: {
    'a paid order': async () => ({ orderId: randomUUID(), userId: randomUUID() }),
    'an order that was sent': async () => {
      const sent = { orderId: randomUUID(), userId: randomUUID() };
      await ask('shipping', 'POST', '/internal/shipments', sent);
      return sent;
    },
  },
  orders: {
    'an order': order,
    'a paid order': async () => {
      const { orderId, totalCents } = await order();
      const paymentId = randomUUID();
      await ask('orders', 'POST', `/internal/orders/${orderId}/paid`, { paymentId, amountCents: totalCents });
      return { orderId, totalCents, paymentId };
    },
  },
};

test('every state that is brought about is given in a contract', () => {
  const given = CONTRACTS.flatMap(([name, contracts]) => contracts.map((contract) => `${name}: ${contract.given}`));
  const known = Object.entries(STATES).flatMap(([name, states]) =>
    Object.keys(states).map((each) => `${name}: ${each}`),
  );
  expect(known.filter((state) => !given.includes(state))).toEqual([]);
});

test.each([
  ['gateway/bff', gatewayCalls],
  ['orders', ordersCalls],
  ['payments', paymentsCalls],
])('every call that %s makes has a contract', (consumer, calls) => {
  const stated = readFileSync(path.join(import.meta.dirname, consumer, 'contracts.ts'), 'utf8');
  const made = Object.keys(calls).filter((name) => /^[a-z]/.test(name));
  expect(made.filter((name) => !stated.includes(`=> ${name}(`))).toEqual([]);
});

describe.each(CONTRACTS)('%s', (name, contracts) => {
  test.each(contracts.map((contract) => [contract.consumer, contract.needs, contract] as const))(
    'gives %s %s',
    async (_consumer, _needs, contract) => {
      expect(await verifyContract({ name, app: apps[name]!, states: STATES[name] ?? {} }, contract)).toBeNull();
    },
  );
});

/** The service as it is, on a schema of its own; others find it where it listens. */
async function start<Tables>(schema: string, add: (app: FastifyInstance, db: Kysely<Tables>) => void): Promise<void> {
  const database = openDatabase<Tables>({
    url: postgres.url,
    schema,
    migrationsDir: path.join(import.meta.dirname, schema, 'migrations'),
    events: !['auth', 'inventory'].includes(schema),
    idempotencyKeys: schema === 'orders',
    log,
  });
  databases.push(database as Database<unknown>);
  await vi.waitFor(async () => expect(await database.whyNotReady()).toBeNull(), { timeout: 60_000, interval: 50 });
  const app = createApp(log);
  add(app, database.db);
  apps[schema] = app;
  process.env[`${schema.toUpperCase()}_URL`] = await app.listen({ host: '127.0.0.1', port: 0 });
}

async function order(): Promise<{ orderId: string; totalCents: number }> {
  const token = await signToken(jwtSecret, { id: randomUUID(), name: 'Ada' });
  const items = [{ productId: 'tamper', quantity: 1 }];
  const { id, totalCents } = await ask('orders', 'POST', '/orders', { items }, { authorization: `Bearer ${token}` });
  return { orderId: String(id), totalCents: Number(totalCents) };
}

function hold(orderId: string, productId: string, quantity: number) {
  return ask('inventory', 'POST', '/internal/reservations', { orderId, items: [{ productId, quantity }] });
}

async function ask(name: string, method: 'GET' | 'POST', url: string, body?: object, headers: object = {}) {
  const answer = await apps[name]!.inject({ method, url, headers: { host: 'localhost', ...headers }, body });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json() as Record<string, unknown>;
}
