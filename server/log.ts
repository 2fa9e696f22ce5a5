import { trace } from '@opentelemetry/api';
import { pino } from 'pino';

export type Log = pino.Logger;

/** Structured JSON lines on stdout, with the ids of the trace that is under way; the supervisor sends them on as OTLP logs. */
export function createLog(process: string, level: string): Log {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'msg',
    mixin: idsOfTrace,
  });
}

function idsOfTrace(): Record<string, string> {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
