import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import type { Breaker } from './breaker/breaker.ts';
import { answerCircuits } from './breaker/circuits-answer.ts';
import { HealthAnswer } from './check-upstreams.ts';

const Circuits = z.object({
  reporter: z.string(),
  instance: z.string(),
  circuits: z.array(z.looseObject({ service: z.string(), state: z.string(), since: z.string(), reason: z.string() })),
});

export interface HealthSources {
  instance: string;
  breakers: ReadonlyMap<string, Breaker>;
  readHealth: () => Promise<HealthAnswer>;
}

/** Health of what is behind the gateway. */
export function addGatewayHealthRoutes(app: FastifyInstance, { instance, breakers, readHealth }: HealthSources): void {
  addRoute(app, {
    method: 'GET',
    url: '/api/health/circuits',
    summary: 'The breaker of each service',
    answers: { 200: Circuits },
    handler: async ({ reply }) => {
      reply.header('cache-control', 'no-store');
      const { circuits, ...owner } = answerCircuits(breakers.values(), { reporter: 'gateway', instance });
      return { ...owner, circuits: circuits.map((circuit) => ({ ...circuit })) };
    },
  });
  addRoute(app, {
    method: 'GET',
    url: '/api/health',
    summary: 'Whether the services behind the gateway are ready',
    answers: { 200: HealthAnswer, 503: HealthAnswer },
    handler: async ({ reply }) => {
      const health = await readHealth();
      reply.status(health.status === 'down' ? 503 : 200).header('cache-control', 'no-store');
      return health;
    },
  });
}
