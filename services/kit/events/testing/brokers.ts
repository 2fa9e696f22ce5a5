import { hasRabbitmq, startTestRabbitmq, WITHOUT_RABBITMQ } from '../../testing/rabbitmq-server.ts';
import { hasRedis, startTestRedis, WITHOUT_REDIS } from '../../testing/redis-server.ts';
import { openCuttable, type Cuttable } from './cuttable.ts';

export interface TestBroker {
  env: Record<string, string>;
  /** The way to it, where the broker is not the service's own database. */
  way?: Cuttable;
  stop: () => Promise<void>;
}

export interface Broker {
  name: 'postgres' | 'rabbitmq' | 'redis';
  /** Null when it can be started here, else why not. */
  whyNot: () => string | null;
  start: () => Promise<TestBroker>;
}

/** What the conformance suite runs over: each a real server of its own. */
export const BROKERS: Broker[] = [
  { name: 'postgres', whyNot: () => null, start: async () => ({ env: {}, stop: async () => {} }) },
  {
    name: 'redis',
    whyNot: () => (hasRedis() ? null : WITHOUT_REDIS),
    start: async () => {
      const { port, stop } = await startTestRedis();
      const way = await openCuttable(port);
      const env = { EVENTS: 'redis', REDIS_URL: `redis://127.0.0.1:${way.port}` };
      return { env, way, stop: () => stopBoth(way, stop) };
    },
  },
  {
    name: 'rabbitmq',
    whyNot: () => (hasRabbitmq() ? null : WITHOUT_RABBITMQ),
    start: async () => {
      const { port, stop } = await startTestRabbitmq();
      const way = await openCuttable(port);
      return { env: { AMQP_URL: `amqp://127.0.0.1:${way.port}` }, way, stop: () => stopBoth(way, stop) };
    },
  },
];

async function stopBoth(way: Cuttable, stop: () => Promise<void>): Promise<void> {
  await way.cut();
  await stop();
}
