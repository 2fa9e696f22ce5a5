import { z } from 'zod';
import { readEnv } from '../env.ts';

const EventsEnvSchema = z.object({ DATABASE_URL: z.string().optional() });

export type EventsEnv = z.infer<typeof EventsEnvSchema>;

export function readEventsEnv(source: Record<string, string | undefined> = process.env): EventsEnv {
  return readEnv(EventsEnvSchema, source);
}
