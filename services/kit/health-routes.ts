import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

export interface Health {
  service: string;
  startedAtMs: number;
  /** Null when requests may come, else why not. */
  whyNotReady: () => Promise<string | null>;
}

/** Probes and metrics. Liveness asks nobody else: a restart would not bring a lost database back. */
export function addHealthRoutes(app: FastifyInstance, health: Health, registry: Registry): void {
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const reason = await health.whyNotReady();
    return reply
      .status(reason === null ? 200 : 503)
      .send(reason === null ? { status: 'ok' } : { status: 'unready', reason });
  });
  app.get('/health', async (_request, reply) => {
    const reason = await health.whyNotReady();
    const uptimeS = Math.round((Date.now() - health.startedAtMs) / 1_000);
    return reply
      .status(reason === null ? 200 : 503)
      .send({ service: health.service, status: reason === null ? 'ok' : 'unready', reason, uptimeS, pid: process.pid });
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
