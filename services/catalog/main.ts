import path from 'node:path';
import { Counter } from 'prom-client';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { createEvents } from '#services/kit/events/start-events.ts';
import { databaseDependency } from '#services/kit/health/dependency.ts';
import { createLog } from '#services/kit/log.ts';
import { startService } from '#services/kit/start-service.ts';
import { catalogHandlers } from './catalog-handlers.ts';
import { addCatalogRoutes } from './routes.ts';
import { catalogRpc } from './rpc.ts';
import type { CatalogTables } from './tables.ts';

const env = readServiceEnv();
const log = createLog('catalog', env.LOG_LEVEL);
const jwtSecret = required(env, 'JWT_SECRET');
const database = openDatabase<CatalogTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'catalog',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  events: true,
  log,
});
const events = createEvents({ group: 'catalog', database, log, handlers: catalogHandlers });

await startService(
  {
    name: 'catalog',
    routes: (app, { metrics }) => {
      events.addMetrics(metrics.registry);
      const reviewsWritten = new Counter({
        name: 'reviews_written_total',
        help: 'Reviews of products that customers wrote.',
        registers: [metrics.registry],
      });
      addCatalogRoutes(app, { db: database.db, jwtSecret, reviewsWritten });
    },
    rpc: () => catalogRpc(database.db),
    adminRoutes: events.addAdminRoutes,
    whyNotReady: database.whyNotReady,
    dependencies: [databaseDependency(database), events.dependency],
    whyDegraded: events.whyDegraded,
    onStart: events.start,
    onStop: async () => {
      await events.stop();
      await database.close();
    },
  },
  { env, log },
);
