import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ProtoWriter } from './proto-writer.ts';
import { writeAttributes, writeValue } from './write-attributes.ts';

/** opentelemetry.proto.logs.v1.LogRecord, without its tag and length. */
export function writeLog(to: ProtoWriter, record: ReadableLogRecord): void {
  to.nanoseconds(1, record.hrTime);
  if (record.severityNumber) to.varint(2, record.severityNumber);
  if (record.severityText) to.string(3, record.severityText);
  if (record.body !== undefined) writeValue(to, 5, record.body);
  writeAttributes(to, 6, record.attributes);
  if (record.droppedAttributesCount > 0) to.varint(7, record.droppedAttributesCount);
  if (record.spanContext) {
    to.fixed32(8, record.spanContext.traceFlags);
    to.hex(9, record.spanContext.traceId);
    to.hex(10, record.spanContext.spanId);
  }
  to.nanoseconds(11, record.hrTimeObserved);
  if (record.eventName) to.string(12, record.eventName);
}
