import path from 'node:path';
import { Counter } from 'prom-client';
import { openDatabase } from '#services/kit/database.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { databaseDependency } from '#services/kit/health/dependency.ts';
import { createLog } from '#services/kit/log.ts';
import { startService } from '#services/kit/start-service.ts';
import { readAuthEnv } from './env.ts';
import { addAuthRoutes } from './routes.ts';
import { authRpc } from './rpc.ts';
import { startEnsuringAdmin } from './start-ensuring-admin.ts';
import type { AuthTables } from './tables.ts';

const env = readServiceEnv();
const { admin } = readAuthEnv();
const log = createLog('auth', env.LOG_LEVEL);
const database = openDatabase<AuthTables>({
  url: required(env, 'DATABASE_URL'),
  schema: 'auth',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  log,
});
const jwtSecret = required(env, 'JWT_SECRET');
let stopEnsuring = async () => {};

await startService(
  {
    name: 'auth',
    routes: (app, { metrics }) => {
      const registrations = new Counter({
        name: 'registrations_total',
        help: 'Accounts that were opened.',
        registers: [metrics.registry],
      });
      addAuthRoutes(app, { db: database.db, jwtSecret, registrations });
    },
    rpc: () => authRpc({ db: database.db, jwtSecret }),
    whyNotReady: database.whyNotReady,
    dependencies: [databaseDependency(database)],
    onStart: () => {
      if (admin) stopEnsuring = startEnsuringAdmin(database, admin, log);
    },
    onStop: async () => {
      await stopEnsuring();
      await database.close();
    },
  },
  { env, log },
);
