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
import { forgetOld } from './forget-old.ts';
import { notificationHandlers } from './notification-handlers.ts';
import { plantNotificationWithoutOrder } from './plant-notification-without-order.ts';
import { addNotificationRoutes } from './routes.ts';
import type { NotificationsTables } from './tables.ts';

const FORGET_EVERY_MS = 3_600_000;

const env = readServiceEnv();
const log = createLog('notifications', env.LOG_LEVEL);
const jwtSecret = required(env, 'JWT_SECRET');
const database = openDatabase<NotificationsTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'notifications',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  events: true,
  log,
});
const { db } = database;
const notifications = new Counter({
  name: 'notifications_total',
  help: 'What customers were told, by kind.',
  labelNames: ['kind'] as const,
  registers: [],
});
const events = createEvents({
  group: 'notifications',
  database,
  log,
  handlers: notificationHandlers(notifications),
});
let stopForgetting = async () => {};

await startService(
  {
    name: 'notifications',
    routes: (app, { metrics }) => {
      events.addMetrics(metrics.registry);
      metrics.registry.registerMetric(notifications);
      addNotificationRoutes(app, { db, jwtSecret });
    },
    adminRoutes: (admin) => {
      events.addAdminRoutes(admin);
      addOrphanRoute(admin, { 'notification-without-order': () => plantNotificationWithoutOrder(db) });
    },
    whyNotReady: database.whyNotReady,
    dependencies: [databaseDependency(database), events.dependency],
    whyDegraded: events.whyDegraded,
    onStart: () => {
      events.start();
      stopForgetting = every(FORGET_EVERY_MS, log, 'forgetting old notifications', () => forgetOld(db));
    },
    onStop: async () => {
      await Promise.all([stopForgetting(), events.stop()]);
      await database.close();
    },
  },
  { env, log },
);
