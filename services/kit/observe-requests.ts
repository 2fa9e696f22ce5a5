import { context, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { answeredStatus } from './answered-status.ts';
import { asCorrelated, correlationOf } from './correlation.ts';
import type { ServiceEnv } from './env.ts';
import { keepExchanges } from './exchange/keep-exchange.ts';
import type { ServiceMetrics } from './metrics.ts';

/** Names the server span by its route, measures the request and writes its line, for every route of `app`; headers and bodies as LOG_BODIES says. */
export function observeRequests(
  app: FastifyInstance,
  { metrics, env }: { metrics: ServiceMetrics; env: ServiceEnv },
): void {
  const tellExchange = keepExchanges(app, env);
  app.addHook('onRequest', async (request, reply) => {
    const startedAtMs = performance.now();
    const { method } = request;
    metrics.activeRequests.inc({ http_request_method: method });
    nameServerSpan(method, request.routeOptions.url);
    // Not onResponse: that is not called when the caller leaves before the answer.
    const finish = () => {
      const route = request.routeOptions.url ?? '';
      const status = answeredStatus(reply.raw);
      const durationMs = performance.now() - startedAtMs;
      metrics.activeRequests.dec({ http_request_method: method });
      metrics.requestDuration.observe(
        { http_request_method: method, http_route: route, http_response_status_code: String(status) },
        durationMs / 1_000,
      );
      const line = { method, route, status, durationMs: Math.round(durationMs), ...tellExchange(request, reply) };
      if (status >= 500) request.log.error(line, `${method} ${route} failed`);
      else request.log.info(line, `${method} ${route}`);
    };
    // The connection may end an answer, which belongs to no trace and no undertaking; the line does.
    const own = context.active();
    reply.raw.once('close', () => asCorrelated(correlationOf(request), () => context.with(own, finish)));
  });
}

/** The http instrumentation knows no routes. */
function nameServerSpan(method: string, route: string | undefined): void {
  if (route === undefined) return;
  trace.getActiveSpan()?.setAttribute('http.route', route).updateName(`${method} ${route}`);
}
