import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { pathOf, routeOf } from './route-of.ts';
import { withCaller } from './trace-context.ts';

/** Answers a request as a span, which ends with the answer. What only machines ask for every few seconds, and files, have none. */
export function traceRequest(
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => Promise<void>,
): Promise<void> {
  const route = routeOf(request);
  if (route === null) return answer();
  const { method = 'GET' } = request;
  const path = pathOf(request);
  return withCaller(request.headers, () => {
    const span = trace.getTracer('switchyard').startSpan(`${method} ${route}`, {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': method,
        'http.route': route,
        // The path of a shared page is the key to it.
        'url.path': path.startsWith('/shared/') ? route : path,
      },
    });
    response.once('close', () => {
      const { statusCode } = response;
      span.setAttribute('http.response.status_code', statusCode);
      // A path that leads nowhere is no route, and there is no end of them.
      if (statusCode === 404) span.updateName(method);
      if (statusCode >= 500)
        span.setAttribute('error.type', String(statusCode)).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    return context.with(trace.setSpan(context.active(), span), answer);
  });
}
