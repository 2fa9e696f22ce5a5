import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { addRoute } from './openapi/add-route.ts';

export interface Health {
  service: string;
  startedAtMs: number;
  /** Null when requests may come, else why not. */
  whyNotReady: () => Promise<string | null>;
  /** Null when all is well, else what is away that the service goes on without. */
  whyDegraded?: (() => string | null) | undefined;
}

const Probe = z.object({ status: z.enum(['ok', 'unready']), reason: z.string().optional() });
const HealthView = z.object({
  service: z.string(),
  status: z.enum(['ok', 'degraded', 'unready']),
  reason: z.string().nullable(),
  uptimeS: z.int(),
  pid: z.int(),
});

/** Probes and metrics. Liveness asks nobody else: a restart would not bring a lost database back. */
export function addHealthRoutes(app: FastifyInstance, health: Health, registry: Registry): void {
  addRoute(app, {
    method: 'GET',
    url: '/livez',
    summary: 'Is the process alive?',
    answers: { 200: Probe },
    handler: async () => ({ status: 'ok' as const }),
  });
  addRoute(app, {
    method: 'GET',
    url: '/readyz',
    summary: 'May requests come?',
    answers: { 200: Probe, 503: Probe },
    handler: async ({ reply }) => {
      const reason = await health.whyNotReady();
      if (reason === null) return { status: 'ok' as const };
      reply.status(503);
      return { status: 'unready' as const, reason };
    },
  });
  addRoute(app, {
    method: 'GET',
    url: '/health',
    summary: 'Who this is, and how it is',
    answers: { 200: HealthView, 503: HealthView },
    handler: async ({ reply }) => {
      const unready = await health.whyNotReady();
      const reason = unready ?? health.whyDegraded?.() ?? null;
      const uptimeS = Math.round((Date.now() - health.startedAtMs) / 1_000);
      if (unready !== null) reply.status(503);
      const status = unready !== null ? 'unready' : reason !== null ? 'degraded' : 'ok';
      return { service: health.service, status, reason, uptimeS, pid: process.pid } as const;
    },
  });
  addRoute(app, {
    method: 'GET',
    url: '/metrics',
    summary: 'Metrics in the text format of Prometheus',
    answers: { 200: z.string() },
    contentType: 'text/plain',
    handler: async ({ reply }) => {
      reply.type(registry.contentType);
      return registry.metrics();
    },
  });
}
