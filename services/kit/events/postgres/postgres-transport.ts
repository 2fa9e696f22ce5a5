import path from 'node:path';
import pg from 'pg';
import { every } from '../../every.ts';
import type { Log } from '../../log.ts';
import { migrate } from '../../migrate.ts';
import { UNSETTLED_PAUSE_MS, type Transport } from '../transport.ts';
import { claim, forgetDelivered, publish, release, remove, subscribe, type Claimed } from './queue.ts';

/** Longer than the statements of any handler may take together. */
const LEASE_MS = 30_000;
const IDLE_MS = 400;
const FORGET_EVERY_MS = 3_600_000;
/** Publishing and each subscription take turns; a broker is no reason to fill PostgreSQL with connections. */
const POOL_MAX = 2;

export interface PostgresTransportOptions {
  url: string;
  log: Log;
  /** Shorter in tests. */
  leaseMs?: number;
  idleMs?: number;
}

/** Queues in the schema `events`: kept by PostgreSQL, shared by SKIP LOCKED, given again when a lease ends. */
export function openPostgresTransport(options: PostgresTransportOptions): Transport {
  const { url, log, leaseMs = LEASE_MS, idleMs = IDLE_MS } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_MAX,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'events',
  });
  // A connection that dies while it is lent out says so to its own listeners only, and without one the process ends.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => log.warn({ err: error }, 'lost a connection to PostgreSQL'));

  let preparing: Promise<void> | null = null;
  const prepare = () =>
    (preparing ??= migrateQueues(pool).catch((error: unknown) => {
      preparing = null;
      throw error;
    }));

  return {
    system: 'postgresql',
    publish: async (events) => {
      await prepare();
      await publish(pool, events);
    },
    subscribe: async ({ group, names, deliver }) => {
      await prepare();
      await subscribe(pool, group, names);
      const ending = new AbortController();
      const settle = async ({ position, envelope, attempt }: Claimed) => {
        try {
          const settlement = await deliver({ body: envelope, attempt });
          if (settlement.kind === 'done') await remove(pool, group, position);
          else await release(pool, group, { position, attempt }, settlement.delayMs);
        } catch (error) {
          await release(pool, group, { position, attempt: attempt - 1 }, UNSETTLED_PAUSE_MS).catch(() => {});
          throw error;
        }
      };
      const work = async () => {
        while (!ending.signal.aborted) {
          const claimed = await claim(pool, group, leaseMs);
          if (!claimed) return;
          await settle(claimed);
        }
      };
      const stop = every(idleMs, log, 'consuming events', work);
      const stopForgetting = every(FORGET_EVERY_MS, log, 'forgetting events', () => forgetDelivered(pool));
      return async () => {
        ending.abort();
        await Promise.all([stop(), stopForgetting()]);
      };
    },
    // It is the service's own database, and health tells of that already.
    whyAway: () => null,
    ping: async () => void (await pool.query('SELECT 1')),
    close: () => pool.end(),
  };
}

async function migrateQueues(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await migrate(client, 'events', path.join(import.meta.dirname, 'migrations'));
  } finally {
    client.release();
  }
}
