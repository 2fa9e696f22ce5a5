import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import type { FastifyInstance } from 'fastify';
import type { ServiceMetrics } from './metrics.ts';

/** Names the server span by its route, measures the request and writes its line, for every route of `app`. */
export function observeRequests(app: FastifyInstance, metrics: ServiceMetrics): void {
  app.addHook('onRequest', async (request) => {
    metrics.activeRequests.inc({ http_request_method: request.method });
    nameServerSpan(request.method, request.routeOptions.url);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '';
    metrics.activeRequests.dec({ http_request_method: request.method });
    metrics.requestDuration.observe(
      {
        http_request_method: request.method,
        http_route: route,
        http_response_status_code: String(reply.statusCode),
      },
      reply.elapsedTime / 1_000,
    );
    const line = { method: request.method, route, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) };
    if (reply.statusCode >= 500) request.log.error(line, `${request.method} ${route} failed`);
    else request.log.info(line, `${request.method} ${route}`);
  });
}

/** The http instrumentation knows no routes: it takes the one that it finds here when the answer has gone. */
function nameServerSpan(method: string, route: string | undefined): void {
  if (route === undefined) return;
  const metadata = getRPCMetadata(context.active());
  if (metadata?.type === RPCType.HTTP) metadata.route = route;
  trace.getActiveSpan()?.setAttribute('http.route', route).updateName(`${method} ${route}`);
}
