import {
  context,
  INVALID_SPAN_CONTEXT,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import type { CallOutcome } from '../breaker/breaker.ts';
import type { CircuitState } from '../breaker/decide.ts';
import type { Headers } from './headers.ts';

export interface CallSpanOptions {
  method: string;
  /** Low in variety: `/payments/*`. */
  template: string;
  service: string;
  /** Of the instance; a call that was refused has none. */
  address?: string;
  resendCount: number;
}

/** Of a request whose trace is not kept. */
const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const ids = new RandomIdGenerator();
const tracer = trace.getTracer('switchyard.gateway');

/**
 * The client span of one try. It is ours and not the instrumentation's, because a call that the breaker refuses
 * never reaches undici, and because it lasts until the body has passed.
 */
export function startCallSpan({ method, template, service, address, resendCount }: CallSpanOptions): Span {
  if (isTracingSuppressed(context.active())) return NO_SPAN;
  return tracer.startSpan(`${method} ${template}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      'http.request.method': method,
      'url.template': template,
      ...(address !== undefined && partsOf(address)),
      'peer.service': service,
      'circuit_breaker.name': service,
      ...(resendCount > 0 && { 'http.request.resend_count': resendCount }),
    },
  });
}

function partsOf(address: string) {
  const { protocol, hostname, port } = new URL(address);
  return {
    'url.scheme': protocol.slice(0, -1),
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
  };
}

/**
 * Runs a call under the span: its headers carry the span's context, and nobody else traces it a second time. Of a request whose
 * trace is not kept there is no span, and the headers say so: services would begin traces of their own.
 */
export function callUnder<T>(span: Span, headers: Headers, call: () => T): T {
  if (span === NO_SPAN) {
    headers['traceparent'] = `00-${ids.generateTraceId()}-${ids.generateSpanId()}-00`;
    return call();
  }
  const own: Context = trace.setSpan(context.active(), span);
  propagation.inject(own, headers);
  return context.with(suppressTracing(own), call);
}

export interface BreakerNote {
  name: string;
  state: CircuitState;
  /** Unknown when the client left. */
  outcome?: CallOutcome;
}

/** Says on a span what a breaker made of its call: on that of the call, and on that of the request it serves. */
export function noteBreaker(span: Span | undefined, { name, state, outcome }: BreakerNote): void {
  if (!span?.isRecording()) return;
  span.setAttributes({ 'circuit_breaker.name': name, 'circuit_breaker.state': state });
  if (outcome) span.setAttribute('circuit_breaker.outcome', outcome);
}

export function failSpan(span: Span, errorType: string, message?: string): void {
  span.setAttribute('error.type', errorType);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
