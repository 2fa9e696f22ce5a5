import path from 'node:path';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { databaseDependency } from '#services/kit/health/dependency.ts';
import { createLog } from '#services/kit/log.ts';
import { addOrphanRoute } from '#services/kit/plant-orphan.ts';
import { startService } from '#services/kit/start-service.ts';
import { plantOversoldStock } from './plant-oversold-stock.ts';
import { addInventoryRoutes } from './routes.ts';
import type { InventoryTables } from './tables.ts';

const env = readServiceEnv();
const log = createLog('inventory', env.LOG_LEVEL);
const jwtSecret = required(env, 'JWT_SECRET');
const database = openDatabase<InventoryTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'inventory',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  log,
});

await startService(
  {
    name: 'inventory',
    routes: (app) => addInventoryRoutes(app, { db: database.db, jwtSecret }),
    adminRoutes: (admin) => addOrphanRoute(admin, { 'stock-oversold': () => plantOversoldStock(database.db) }),
    whyNotReady: database.whyNotReady,
    dependencies: [databaseDependency(database)],
    onStop: database.close,
  },
  { env, log },
);
