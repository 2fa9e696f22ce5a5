import type { IncomingHttpHeaders } from 'node:http';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';

/** The headers that carry the span that is under way to whoever is asked (https://www.w3.org/TR/trace-context/); none outside of one. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** Runs `work` as a part of the trace that a caller began. */
export function withCaller<Result>(headers: IncomingHttpHeaders, work: () => Result): Result {
  return context.with(propagation.extract(ROOT_CONTEXT, headers), work);
}
