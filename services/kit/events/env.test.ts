import { expect, test } from 'vitest';
import { readEventsEnv, systemOf } from './env.ts';

const AMQP_URL = 'amqp://user:password@rabbit.example/vhost';
const REDIS_URL = 'redis://redis.example:6379';

test.each([
  ['PostgreSQL, when nothing is said', {}, 'postgresql'],
  ['PostgreSQL, when Redis is there for the limits', { REDIS_URL }, 'postgresql'],
  ['RabbitMQ, when there is one', { AMQP_URL, REDIS_URL }, 'rabbitmq'],
  ['Redis, when it is asked for', { EVENTS: 'redis', AMQP_URL, REDIS_URL }, 'redis'],
  ['PostgreSQL, when it is asked for', { EVENTS: 'postgres', AMQP_URL }, 'postgresql'],
])('%s', (_, env, system) => {
  expect(systemOf(readEventsEnv(env))).toBe(system);
});

test.each([
  ['EVENTS', { EVENTS: 'kafka' }],
  ['AMQP_URL', { AMQP_URL: 'http://rabbit.example' }],
  ['AMQP_URL', { EVENTS: 'rabbitmq' }],
  ['REDIS_URL', { EVENTS: 'redis' }],
])('a broker that cannot be is refused by its variable: %s', (variable, env) => {
  expect(() => readEventsEnv(env)).toThrow(variable);
});
