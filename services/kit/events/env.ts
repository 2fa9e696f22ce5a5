import { z } from 'zod';
import { readEnv } from '../env.ts';
import type { MessagingSystem } from './transport.ts';

const EventsEnvSchema = z
  .object({
    DATABASE_URL: z.string().optional(),
    AMQP_URL: z.url({ protocol: /^amqps?$/ }).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    /** Which of them carries events; `AMQP_URL` alone is enough to mean RabbitMQ. */
    EVENTS: z.enum(['postgres', 'rabbitmq', 'redis']).optional(),
  })
  .refine(({ EVENTS, AMQP_URL }) => EVENTS !== 'rabbitmq' || AMQP_URL !== undefined, {
    path: ['AMQP_URL'],
    message: 'EVENTS=rabbitmq needs it, as amqp://user:password@host:5672',
  })
  .refine(({ EVENTS, REDIS_URL }) => EVENTS !== 'redis' || REDIS_URL !== undefined, {
    path: ['REDIS_URL'],
    message: 'EVENTS=redis needs it, as redis://host:6379',
  });

export type EventsEnv = z.infer<typeof EventsEnvSchema>;

export function readEventsEnv(source: Record<string, string | undefined> = process.env): EventsEnv {
  return readEnv(EventsEnvSchema, source);
}

/** Redis may be there for rate limits only, so it has to be asked for. */
export function systemOf({ EVENTS, AMQP_URL }: EventsEnv): MessagingSystem {
  if (EVENTS === 'redis' || EVENTS === 'rabbitmq') return EVENTS;
  return EVENTS === undefined && AMQP_URL !== undefined ? 'rabbitmq' : 'postgresql';
}
