import type { Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** OpenTelemetry's boundaries for HTTP durations in seconds. */
export const DURATION_BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface ServiceMetrics {
  registry: Registry;
  requestDuration: Histogram<'http_request_method' | 'http_route' | 'http_response_status_code'>;
  activeRequests: Gauge<'http_request_method'>;
}

export function createMetrics(): ServiceMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requestDuration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests that this service answered.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'] as const,
    buckets: DURATION_BOUNDS_S,
    registers: [registry],
  });
  const activeRequests = new Gauge({
    name: 'http_server_active_requests',
    help: 'HTTP requests that are being answered now.',
    labelNames: ['http_request_method'] as const,
    registers: [registry],
  });
  return { registry, requestDuration, activeRequests };
}

/** Connections that are open, busy or idle: requests that are being answered are another thing. */
export function measureConnections(server: Server, registry: Registry): void {
  const connections = new Gauge({
    name: 'http_server_open_connections',
    help: 'Connections of clients that are open now.',
    registers: [],
    async collect() {
      this.set(await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count ?? 0))));
    },
  });
  registry.registerMetric(connections);
}
