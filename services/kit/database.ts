import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Log } from './log.ts';
import { migrate } from './migrate.ts';

const EVENT_MIGRATIONS = path.join(import.meta.dirname, 'events/migrations');
const IDEMPOTENCY_MIGRATIONS = path.join(import.meta.dirname, 'idempotency/migrations');
const POOL_MAX = 6;
const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const MIGRATE_RETRY_MS = 500;
/** Probes give up after a second; the answer "not ready" has to come before. */
const PROBE_TIMEOUT_MS = 800;

export interface Database<Tables> {
  db: Kysely<Tables>;
  /** Null once the schema is migrated and while PostgreSQL answers. */
  whyNotReady: () => Promise<string | null>;
  close: () => Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** The service's own schema, which its unqualified table names mean. */
  schema: string;
  migrationsDir: string;
  /** Whether the service publishes or consumes events: its schema has the tables for them too. */
  events?: boolean;
  /** Whether it does what a key names once (`doOnce`): its schema keeps the keys. */
  idempotencyKeys?: boolean;
  log: Log;
}

/** Opens the service's schema and migrates it in the background, as often as it takes: PostgreSQL may come later, and go. */
export function openDatabase<Tables>(options: DatabaseOptions): Database<Tables> {
  const { url, schema, log } = options;
  const migrations = [
    ...(options.events ? [EVENT_MIGRATIONS] : []),
    ...(options.idempotencyKeys ? [IDEMPOTENCY_MIGRATIONS] : []),
    options.migrationsDir,
  ];
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 10_000,
    application_name: schema,
    options: `-c search_path=${schema}`,
  });
  // A connection that dies while it is lent out says so to its own listeners only, and without one the process ends.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => log.warn({ err: error }, 'lost a connection to PostgreSQL'));

  let migrated = false;
  let closed = false;
  let told = false;
  let retryTimer: NodeJS.Timeout | undefined;
  const prepare = async (): Promise<void> => {
    try {
      const applied = await withClient(pool, (client) => migrate(client, schema, ...migrations));
      if (applied.length > 0) log.info({ applied }, `migrated the schema ${schema}`);
      migrated = true;
    } catch (error) {
      if (closed) return;
      if (!told) log.warn({ err: error }, `the schema ${schema} cannot be migrated yet, and is tried again`);
      told = true;
      retryTimer = setTimeout(() => void prepare(), MIGRATE_RETRY_MS);
    }
  };
  const prepared = prepare();

  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    whyNotReady: async () => {
      if (!migrated) return 'the database schema is not migrated yet';
      return (await answersInTime(pool)) ? null : 'PostgreSQL does not answer';
    },
    close: async () => {
      closed = true;
      clearTimeout(retryTimer);
      await prepared;
      await pool.end();
    },
  };
}

async function withClient<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}

async function answersInTime(pool: pg.Pool): Promise<boolean> {
  const timeout = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => timeout.resolve(false), PROBE_TIMEOUT_MS);
  const answer = pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([answer, timeout.promise]);
  clearTimeout(timer);
  return answered;
}
