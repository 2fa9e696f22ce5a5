import { TraceFlags } from '@opentelemetry/api';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { OtlpBatch } from './otlp-batch.ts';
import { writeLog } from './write-log.ts';
import { writeSpan } from './write-span.ts';

/** Writes each sampled span into the batch when it ends. */
export function spansInto(batch: OtlpBatch): SpanProcessor {
  return {
    onStart() {},
    onEnd(span) {
      if (span.spanContext().traceFlags & TraceFlags.SAMPLED) batch.add(span.instrumentationScope, span, writeSpan);
    },
    forceFlush: () => batch.flush(),
    shutdown: () => batch.flush(),
  };
}

/** Writes each log record into the batch when it is made. */
export function logsInto(batch: OtlpBatch): LogRecordProcessor {
  return {
    onEmit: (record) => batch.add(record.instrumentationScope, record, writeLog),
    forceFlush: () => batch.flush(),
    shutdown: () => batch.flush(),
  };
}
