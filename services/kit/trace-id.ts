import { isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';

/** The trace that is being written at this moment, for the `trace_id` column of the rows it leaves; '' where none is kept. */
export function currentTraceId(): string {
  const context = trace.getActiveSpan()?.spanContext();
  const isKept = context && isSpanContextValid(context) && (context.traceFlags & TraceFlags.SAMPLED) !== 0;
  return isKept ? context.traceId : '';
}
