import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '#prisma/generated/client.ts';
import type { Log } from '#server/log.ts';

/** The client or a transaction of it: verbs take either. */
export type Db = Prisma.TransactionClient;

const CONNECTIONS_MAX = 10;
/** A page that cannot be answered should say so quickly. */
const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 15_000;
const SLOW_QUERY_MS = 500;

/** The control database. It connects on first use, and again by itself after the server was away. */
export function createDb(databaseUrl: string, log: Log): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'switchyard-console',
    },
    {
      onPoolError: (error) => log.warn({ err: error }, 'a connection to Postgres was lost'),
      onConnectionError: (error) => log.warn({ err: error }, 'a connection to Postgres was lost'),
    },
  );
  const db = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  db.$on('query', ({ query, duration }) => {
    if (duration > SLOW_QUERY_MS) log.warn({ query, ms: duration }, 'slow query');
  });
  return db;
}
