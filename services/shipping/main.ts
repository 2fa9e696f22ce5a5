import path from 'node:path';
import { Counter } from 'prom-client';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { every } from '#services/kit/every.ts';
import { createEvents } from '#services/kit/events/start-events.ts';
import { databaseDependency } from '#services/kit/health/dependency.ts';
import { createLog } from '#services/kit/log.ts';
import { addOrphanRoute } from '#services/kit/plant-orphan.ts';
import { startService } from '#services/kit/start-service.ts';
import { dispatchShipments } from './dispatch-shipments.ts';
import { plantShipmentWithoutOrder } from './plant-shipment-without-order.ts';
import { addShippingRoutes } from './routes.ts';
import type { ShippingTables } from './tables.ts';

const DISPATCH_EVERY_MS = 10_000;

const env = readServiceEnv();
const log = createLog('shipping', env.LOG_LEVEL);
const jwtSecret = required(env, 'JWT_SECRET');
const database = openDatabase<ShippingTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'shipping',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  events: true,
  log,
});
const { db } = database;
const events = createEvents({ group: 'shipping', database, log, handlers: {} });
let stopDispatching = async () => {};

await startService(
  {
    name: 'shipping',
    routes: (app, { metrics }) => {
      events.addMetrics(metrics.registry);
      const shipments = new Counter({
        name: 'shipments_created_total',
        help: 'Parcels that orders asked for.',
        registers: [metrics.registry],
      });
      addShippingRoutes(app, { db, jwtSecret, shipments });
    },
    adminRoutes: (admin) => addOrphanRoute(admin, { 'shipment-without-order': () => plantShipmentWithoutOrder(db) }),
    whyNotReady: database.whyNotReady,
    dependencies: [databaseDependency(database), events.dependency],
    whyDegraded: events.whyDegraded,
    onStart: () => {
      events.start();
      stopDispatching = every(DISPATCH_EVERY_MS, log, 'dispatching', () => dispatchShipments(db, log));
    },
    onStop: async () => {
      await Promise.all([stopDispatching(), events.stop()]);
      await database.close();
    },
  },
  { env, log },
);
