import type { Log } from '../log.ts';
import { readEventsEnv, systemOf } from './env.ts';
import { openPostgresTransport } from './postgres/postgres-transport.ts';
import type { Transport } from './transport.ts';

/** Shorter in tests. */
export interface TransportTimes {
  /** After which a delivery whose consumer is gone comes again. */
  leaseMs?: number;
  /** Between looks for something to do. */
  idleMs?: number;
}

/** The transport that the environment names; PostgreSQL when it names none. */
export function openTransport(log: Log, env = readEventsEnv(), times: TransportTimes = {}): Transport {
  const system = systemOf(env);
  if (system !== 'postgresql') throw new Error(`There is no transport ${system} yet.`);
  if (env.DATABASE_URL === undefined)
    throw new Error('DATABASE_URL is not set, and events lie there. Set it, or AMQP_URL for RabbitMQ.');
  return openPostgresTransport({ url: env.DATABASE_URL, log, ...times });
}
