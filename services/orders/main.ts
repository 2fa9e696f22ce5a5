import path from 'node:path';
import { Counter } from 'prom-client';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { every } from '#services/kit/every.ts';
import { createEvents } from '#services/kit/events/start-events.ts';
import { forgetKeys } from '#services/kit/idempotency/forget-keys.ts';
import { idempotencyTables } from '#services/kit/idempotency/tables.ts';
import { databaseDependency, serviceDependency } from '#services/kit/health/dependency.ts';
import { createLog } from '#services/kit/log.ts';
import { addOrphanRoute } from '#services/kit/plant-orphan.ts';
import { startService } from '#services/kit/start-service.ts';
import { orderHandlers } from './order-handlers.ts';
import { plantOrderWithoutItems } from './plant-order-without-items.ts';
import { addOrderRoutes } from './routes.ts';
import { settleOrders } from './settle-orders.ts';
import type { OrdersTables } from './tables.ts';

const SETTLE_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 3_600_000;

const env = readServiceEnv();
const log = createLog('orders', env.LOG_LEVEL);
const jwtSecret = required(env, 'JWT_SECRET');
const database = openDatabase<OrdersTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'orders',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  events: true,
  idempotencyKeys: true,
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
const events = createEvents({ group: 'orders', database, log, handlers: orderHandlers });
let stopJobs = async () => {};

await startService(
  {
    name: 'orders',
    routes: (app, { metrics }) => {
      metrics.registry.registerMetric(ordersCreated);
      metrics.registry.registerMetric(orders);
      events.addMetrics(metrics.registry);
      addOrderRoutes(app, { db, ordersCreated, orders, jwtSecret });
    },
    adminRoutes: (admin) => {
      addOrphanRoute(admin, { 'order-without-items': () => plantOrderWithoutItems(db) });
      events.addAdminRoutes(admin);
    },
    whyNotReady: database.whyNotReady,
    dependencies: [
      databaseDependency(database),
      events.dependency,
      ...['catalog', 'inventory', 'shipping', ...(env.TOKEN_CHECK === 'auth' ? ['auth'] : [])].map((name) =>
        serviceDependency(name),
      ),
    ],
    whyDegraded: events.whyDegraded,
    onStart: () => {
      events.start();
      const stops = [
        every(SETTLE_EVERY_MS, log, 'settling orders', () => settleOrders({ db, log, ordersCreated, orders })),
        every(FORGET_EVERY_MS, log, 'forgetting old keys', () => forgetKeys(idempotencyTables(db))),
      ];
      stopJobs = async () => void (await Promise.all(stops.map((stop) => stop())));
    },
    onStop: async () => {
      await Promise.all([stopJobs(), events.stop()]);
      await database.close();
    },
  },
  { env, log },
);
