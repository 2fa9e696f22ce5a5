import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import type { Dependency } from './health/dependency.ts';
import { findInTime } from './health/find-in-time.ts';
import { DependencyHealth, WAIT_MAX_MS, watchDependency } from './health/watch-dependency.ts';
import { MetricsSnapshot, readSnapshot } from './metrics-snapshot.ts';
import { addRoute } from './openapi/add-route.ts';

export interface Health {
  service: string;
  startedAtMs: number;
  /** Null when requests may come, else why not. */
  whyNotReady: () => Promise<string | null>;
  /** Null when all is well, else what is away that the service goes on without. */
  whyDegraded?: (() => string | null) | undefined;
  dependencies?: readonly Dependency[] | undefined;
}

const Probe = z.object({ status: z.enum(['ok', 'unready']), reason: z.string().optional() });
const HealthView = z.object({
  service: z.string(),
  status: z.enum(['ok', 'degraded', 'unready']),
  reason: z.string().nullable(),
  uptimeS: z.int(),
  pid: z.int(),
  dependencies: z.array(DependencyHealth),
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
  const readHealth = healthReader(health);
  addRoute(app, {
    method: 'GET',
    url: '/health',
    summary: 'Who this is, how it is, and how what it works with is, within 100 ms',
    answers: { 200: HealthView, 503: HealthView },
    handler: async ({ reply }) => {
      const view = await readHealth();
      if (view.status === 'unready') reply.status(503);
      return view;
    },
  });
  addMetricsRoutes(app, registry);
}

function healthReader(health: Health): () => Promise<z.infer<typeof HealthView>> {
  const watched = (health.dependencies ?? []).map(watchDependency);
  const readiness = findInTime(async () => ({ reason: await health.whyNotReady() }), {
    maxMs: WAIT_MAX_MS,
    freshMs: 0,
  });
  return async () => {
    const [ready, dependencies] = await Promise.all([readiness(), Promise.all(watched.map((ask) => ask()))]);
    const unready = ready.found?.reason ?? null;
    const missing = dependencies.filter(({ status }) => status !== 'ok');
    const degraded =
      health.whyDegraded?.() ?? (missing.map(({ name, reason }) => `${name}: ${reason}`).join('; ') || null);
    const status = unready !== null ? 'unready' : degraded !== null ? 'degraded' : 'ok';
    const uptimeS = Math.round((Date.now() - health.startedAtMs) / 1_000);
    return { service: health.service, status, reason: unready ?? degraded, uptimeS, pid: process.pid, dependencies };
  };
}

/** The same values twice: as Prometheus scrapes them, and as JSON for whoever has no parser for that. */
function addMetricsRoutes(app: FastifyInstance, registry: Registry): void {
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
  addRoute(app, {
    method: 'GET',
    url: '/metrics.json',
    summary: 'A snapshot of the same metrics as JSON',
    answers: { 200: MetricsSnapshot },
    handler: async () => readSnapshot(registry),
  });
}
