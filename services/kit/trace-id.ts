import { isSpanContextValid, trace } from '@opentelemetry/api';

/** The trace that is being written at this moment, for the `trace_id` column of the rows it leaves; '' without one. */
export function currentTraceId(): string {
  const context = trace.getActiveSpan()?.spanContext();
  return context && isSpanContextValid(context) ? context.traceId : '';
}
