import path from 'node:path';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { createLog } from '#services/kit/log.ts';
import { startService } from '#services/kit/start-service.ts';
import { addCatalogRoutes } from './routes.ts';
import type { CatalogTables } from './tables.ts';

const env = readServiceEnv();
const log = createLog('catalog', env.LOG_LEVEL);
const database = openDatabase<CatalogTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'catalog',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  log,
});

await startService(
  {
    name: 'catalog',
    routes: (app) => addCatalogRoutes(app, database.db),
    whyNotReady: database.whyNotReady,
    onStop: database.close,
  },
  { env, log },
);
