import { createRequire, syncBuiltinESMExports } from 'node:module';
import { ServerResponse } from 'node:http';
import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { answeredStatus } from '../answered-status.ts';
import { maskQuery } from '../mask/mask-fields.ts';
import { serviceByOrigin } from '../service-url.ts';
import { isUntraced, mayLeaveOutEarly } from '../untraced.ts';
import { activeUrlTemplate } from '../url-template.ts';
import type { HeadSampling } from './head-sampling.ts';
import { sanitizeQuery, summarizeQuery } from './query-summary.ts';

/**
 * Patches what the fleet uses. All of it is CommonJS inside or built in, so patching `require` reaches it for importers
 * too, and no ESM loader thread is needed. `sampling`: null where another sampler decides.
 */
export function instrument(databaseSchema: string, sampling: HeadSampling | null): void {
  const serviceOf = serviceByOrigin();
  const peer = (origin: string | undefined) => {
    const name = origin === undefined ? undefined : serviceOf.get(origin);
    return name === undefined ? {} : { 'peer.service': name };
  };
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: (request) =>
          isUntraced(request.url, request.socket.localPort) ||
          (mayLeaveOutEarly() && sampling !== null && sampling.leavesOut(request.headers)),
        // Of the caller's making, secrets included.
        startIncomingSpanHook: ({ url = '' }: { url?: string }) => maskedQueryOf(url),
        startOutgoingSpanHook: ({ protocol, hostname, host, port }) =>
          peer(`${protocol ?? 'http:'}//${hostname ?? host ?? 'localhost'}:${port ?? 80}`),
        applyCustomAttributesOnSpan: (span, _request, response) => {
          if (!(response instanceof ServerResponse)) return;
          const status = answeredStatus(response);
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setAttribute('error.type', String(status));
        },
      }),
      new UndiciInstrumentation({
        requireParentforSpans: true,
        // Who makes a span of its own for a call suppresses this one, which is made in full before it is thrown away.
        ignoreRequestHook: () => isTracingSuppressed(context.active()),
        startSpanHook: (request) => peer(request.origin),
        requestHook: (span, request) => {
          const template = activeUrlTemplate();
          if (template !== undefined)
            span.updateName(`${request.method} ${template}`).setAttribute('url.template', template);
        },
      }),
      new PgInstrumentation({
        requireParentSpan: true,
        ignoreConnectSpans: true,
        requestHook: (span, { query, connection }) => {
          const summary = summarizeQuery(query.text);
          span.updateName(summary);
          span.setAttributes({
            'db.query.summary': summary,
            'db.query.text': sanitizeQuery(query.text),
            'db.operation.name': summary.split(' ', 1)[0],
            'db.namespace': `${connection.database}|${databaseSchema}`,
          });
        },
      }),
      // The ids of the trace in each line; write-line.ts sends them.
      new PinoInstrumentation({ disableLogSending: true }),
    ],
  });
  const require = createRequire(import.meta.url);
  for (const name of ['node:http', 'node:https', 'pg']) require(name);
  syncBuiltinESMExports();
}

function maskedQueryOf(url: string): { 'url.query'?: string } {
  const at = url.indexOf('?');
  return at < 0 ? {} : { 'url.query': maskQuery(url.slice(at + 1)) };
}
