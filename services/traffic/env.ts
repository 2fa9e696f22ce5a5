import { z } from 'zod';
import { readEnv } from '#services/kit/env.ts';

const TrafficEnvSchema = z.object({
  /** Requests a second to the gateway, all shoppers together: they come from one address, which may send 300 a minute. */
  TRAFFIC_RPS: z.coerce.number().positive().max(200).default(4),
});

export function readTrafficEnv(source: NodeJS.ProcessEnv = process.env): z.infer<typeof TrafficEnvSchema> {
  return readEnv(TrafficEnvSchema, source);
}
