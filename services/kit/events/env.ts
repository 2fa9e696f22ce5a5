import { z } from 'zod';
import { readEnv } from '../env.ts';
import type { MessagingSystem } from './transport.ts';

const SYSTEMS = { postgres: 'postgresql', rabbitmq: 'rabbitmq', redis: 'redis' } as const;

const EventsEnvSchema = z
  .object({
    DATABASE_URL: z.string().optional(),
    AMQP_URL: z.url({ protocol: /^amqps?$/ }).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    /** Without it RabbitMQ if there is an `AMQP_URL`; Redis has to be asked for, because limits are counted there too. */
    EVENTS: z.enum(['postgres', 'rabbitmq', 'redis']).optional(),
  })
  .superRefine(({ EVENTS, AMQP_URL, REDIS_URL }, { addIssue }) => {
    const need = (path: string) => addIssue({ code: 'custom', path: [path], message: `EVENTS=${EVENTS} needs it` });
    if (EVENTS === 'rabbitmq' && !AMQP_URL) need('AMQP_URL');
    if (EVENTS === 'redis' && !REDIS_URL) need('REDIS_URL');
  });

export type EventsEnv = z.infer<typeof EventsEnvSchema>;

export function readEventsEnv(source: Record<string, string | undefined> = process.env): EventsEnv {
  return readEnv(EventsEnvSchema, source);
}

/** What carries the events, as the environment names it. */
export function systemOf({ EVENTS, AMQP_URL }: EventsEnv): MessagingSystem {
  return SYSTEMS[EVENTS ?? (AMQP_URL ? 'rabbitmq' : 'postgres')];
}
