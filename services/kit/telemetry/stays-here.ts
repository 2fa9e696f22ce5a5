import { context, isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';

/** How pino begins a line of the level info. */
const INFO_BEGIN = '{"level":30,';

/**
 * Whether a line that is written now stays on stdout: it only tells what every request does, of a trace that is not kept. Warnings
 * and errors are sent whatever becomes of their trace.
 */
export function staysHere(json: string): boolean {
  return json.startsWith(INFO_BEGIN) && isUnkept();
}

function isUnkept(): boolean {
  const active = context.active();
  const span = trace.getSpan(active)?.spanContext();
  if (!span || !isSpanContextValid(span)) return isTracingSuppressed(active);
  return (span.traceFlags & TraceFlags.SAMPLED) === 0;
}
