import path from 'node:path';
import { Counter } from 'prom-client';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { every } from '#services/kit/every.ts';
import { createLog } from '#services/kit/log.ts';
import { addOrphanRoute } from '#services/kit/plant-orphan.ts';
import { startService } from '#services/kit/start-service.ts';
import { plantOrderWithoutItems } from './plant-order-without-items.ts';
import { addOrderRoutes } from './routes.ts';
import { settleOrders } from './settle-orders.ts';
import type { OrdersTables } from './tables.ts';

const SETTLE_EVERY_MS = 2_000;

const env = readServiceEnv();
const log = createLog('orders', env.LOG_LEVEL);
const jwtSecret = required(env, 'JWT_SECRET');
const database = openDatabase<OrdersTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'orders',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  log,
});
const { db } = database;
const ordersCreated = new Counter({
  name: 'orders_created_total',
  help: 'Orders whose goods could be held.',
  registers: [],
});
const orders = new Counter({
  name: 'orders_total',
  help: 'Orders by what became of them: paid, shipped, cancelled.',
  labelNames: ['outcome'] as const,
  registers: [],
});
let stopSettling = async () => {};

await startService(
  {
    name: 'orders',
    routes: (app, { metrics }) => {
      metrics.registry.registerMetric(ordersCreated);
      metrics.registry.registerMetric(orders);
      addOrderRoutes(app, { db, ordersCreated, orders, jwtSecret });
    },
    adminRoutes: (admin) => addOrphanRoute(admin, { 'order-without-items': () => plantOrderWithoutItems(db) }),
    whyNotReady: database.whyNotReady,
    onStart: () => {
      stopSettling = every(SETTLE_EVERY_MS, log, 'settling orders', () =>
        settleOrders({ db, log, ordersCreated, orders }),
      );
    },
    onStop: async () => {
      await stopSettling();
      await database.close();
    },
  },
  { env, log },
);
