import type { Log } from '../log.ts';
import { readEventsEnv, systemOf } from './env.ts';
import { openPostgresTransport } from './postgres/postgres-transport.ts';
import { openRabbitmqTransport } from './rabbitmq/rabbitmq-transport.ts';
import { openRedisTransport } from './redis/redis-transport.ts';
import type { Transport } from './transport.ts';

/** Shorter in tests. */
export interface TransportTimes {
  /** After which a delivery whose consumer is gone comes again. */
  leaseMs?: number;
  /** Between looks for something to do. */
  idleMs?: number;
}

/** The transport that the environment names: queues in the PostgreSQL of `DATABASE_URL`, unless there is a broker. */
export function openTransport(log: Log, env = readEventsEnv(), times: TransportTimes = {}): Transport {
  const system = systemOf(env);
  // Safe because the environment was refused otherwise.
  if (system === 'rabbitmq') return openRabbitmqTransport({ url: env.AMQP_URL!, log, ...times });
  if (system === 'redis') return openRedisTransport({ url: env.REDIS_URL!, log, ...times });
  if (env.DATABASE_URL === undefined)
    throw new Error('DATABASE_URL is not set, and events lie there. Set it, or start everything by npm start.');
  return openPostgresTransport({ url: env.DATABASE_URL, log, ...times });
}
