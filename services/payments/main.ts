import path from 'node:path';
import { Counter } from 'prom-client';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { every } from '#services/kit/every.ts';
import { createEvents } from '#services/kit/events/start-events.ts';
import { databaseDependency, serviceDependency } from '#services/kit/health/dependency.ts';
import { createLog } from '#services/kit/log.ts';
import { addOrphanRoute } from '#services/kit/plant-orphan.ts';
import { startService } from '#services/kit/start-service.ts';
import { paymentHandlers } from './payment-handlers.ts';
import { plantPaymentWithoutOrder } from './plant-payment-without-order.ts';
import { addPaymentRoutes } from './routes.ts';
import { settlePayments } from './settle-payments.ts';
import type { PaymentsTables } from './tables.ts';

const SETTLE_EVERY_MS = 2_000;

const env = readServiceEnv();
const log = createLog('payments', env.LOG_LEVEL);
const jwtSecret = required(env, 'JWT_SECRET');
const database = openDatabase<PaymentsTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'payments',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  events: true,
  log,
});
const { db } = database;
const payments = new Counter({
  name: 'payments_total',
  help: 'Payments by outcome: captured, declined, refunded.',
  labelNames: ['outcome'] as const,
  registers: [],
});
const revenueCents = new Counter({ name: 'revenue_cents_total', help: 'Cents that were captured.', registers: [] });
const handlers = paymentHandlers({ payments, log });
const events = createEvents({ group: 'payments', database, log, handlers });
let stopSettling = async () => {};

await startService(
  {
    name: 'payments',
    routes: (app, { metrics }) => {
      metrics.registry.registerMetric(payments);
      metrics.registry.registerMetric(revenueCents);
      events.addMetrics(metrics.registry);
      addPaymentRoutes(app, { db, payments, revenueCents, jwtSecret });
    },
    adminRoutes: (admin) => {
      addOrphanRoute(admin, { 'payment-without-order': () => plantPaymentWithoutOrder(db) });
      events.addAdminRoutes(admin);
    },
    whyNotReady: database.whyNotReady,
    dependencies: [
      databaseDependency(database),
      events.dependency,
      ...['orders', ...(env.TOKEN_CHECK === 'auth' ? ['auth'] : [])].map((name) => serviceDependency(name)),
    ],
    whyDegraded: events.whyDegraded,
    onStart: () => {
      events.start();
      const ctx = { db, log, payments, revenueCents };
      stopSettling = every(SETTLE_EVERY_MS, log, 'settling payments', () => settlePayments(ctx));
    },
    onStop: async () => {
      await Promise.all([stopSettling(), events.stop()]);
      await database.close();
    },
  },
  { env, log },
);
