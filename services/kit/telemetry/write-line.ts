import { SeverityNumber } from '@opentelemetry/api-logs';
import type { ProtoWriter } from './proto-writer.ts';
import { writeAttribute, writeValue } from './write-attributes.ts';

/** Who made the record: the name under which OpenTelemetry's instrumentation of pino sends. */
export const LINES = { name: '@opentelemetry/instrumentation-pino' };

/** What has a place of its own in a record. */
const PLACED = new Set(['level', 'time', 'msg', 'err', 'pid', 'hostname', 'trace_id', 'span_id', 'trace_flags']);
const SEVERITIES: Record<number, readonly [SeverityNumber, string]> = {
  10: [SeverityNumber.TRACE, 'trace'],
  20: [SeverityNumber.DEBUG, 'debug'],
  30: [SeverityNumber.INFO, 'info'],
  40: [SeverityNumber.WARN, 'warn'],
  50: [SeverityNumber.ERROR, 'error'],
  60: [SeverityNumber.FATAL, 'fatal'],
};

interface Thrown {
  type?: string;
  code?: string | number;
  message?: string;
  stack?: string;
}

interface Line {
  level: number;
  time: string;
  msg?: string;
  /** Text, if it was no Error that was thrown. */
  err?: Thrown | string;
  trace_id?: string;
  span_id?: string;
  trace_flags?: string;
}

/**
 * opentelemetry.proto.logs.v1.LogRecord of a line of pino's, without its tag and length: what its instrumentation makes of the
 * line, without the stream and the two copies of the record on the way.
 */
export function writeLine(to: ProtoWriter, json: string): void {
  const line = JSON.parse(json) as Line & Record<string, unknown>;
  const timeMs = Date.parse(line.time);
  const time = [Math.floor(timeMs / 1_000), (timeMs % 1_000) * 1e6] as const;
  to.nanoseconds(1, time);
  const severity = SEVERITIES[line.level];
  if (severity) {
    to.varint(2, severity[0]);
    to.string(3, severity[1]);
  }
  if (line.msg !== undefined) writeValue(to, 5, line.msg);
  for (const key in line) if (!PLACED.has(key)) writeAttribute(to, 6, key, line[key]);
  if (typeof line.err === 'string') writeAttribute(to, 6, 'exception.message', line.err);
  else if (line.err) writeException(to, line.err);
  if (line.trace_id !== undefined && line.span_id !== undefined) {
    to.fixed32(8, Number.parseInt(line.trace_flags ?? '0', 16));
    to.hex(9, line.trace_id);
    to.hex(10, line.span_id);
  }
  to.nanoseconds(11, time);
}

function writeException(to: ProtoWriter, { type, code, message, stack }: Thrown): void {
  const kind = code === undefined ? type : String(code);
  if (kind) writeAttribute(to, 6, 'exception.type', kind);
  if (message) writeAttribute(to, 6, 'exception.message', message);
  if (stack) writeAttribute(to, 6, 'exception.stacktrace', stack);
}
