import { z } from 'zod';
import { toAttributes } from './otlp-sender.ts';

/** pino's levels as OpenTelemetry numbers them (https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber). */
const SEVERITIES: Record<number, [number, string]> = {
  10: [1, 'TRACE'],
  20: [5, 'DEBUG'],
  30: [9, 'INFO'],
  40: [13, 'WARN'],
  50: [17, 'ERROR'],
  60: [21, 'FATAL'],
};
/** PostgreSQL's words; a line without one is what somebody printed. */
const WORDS: [RegExp, [number, string]][] = [
  [/\b(?:FATAL|PANIC):/, [21, 'FATAL']],
  [/\bERROR:|^\w*Error\b/, [17, 'ERROR']],
  [/\bWARNING:/, [13, 'WARN']],
];
const INFO: [number, string] = [9, 'INFO'];
const SHIPPED_FROM = 9;

const Line = z.object({
  level: z.number(),
  time: z.iso.datetime({ offset: true }).optional(),
  msg: z.string().default(''),
  err: z
    .object({ type: z.string().optional(), message: z.string().optional(), stack: z.string().optional() })
    .optional()
    .catch(undefined),
  trace_id: z.string().optional(),
  span_id: z.string().optional(),
});
/** Said in other fields of a record. */
const TOLD = new Set(['level', 'time', 'msg', 'err', 'trace_id', 'span_id', 'process', 'pid', 'hostname']);

/** What a process printed as an OTLP log record in its JSON form; null for what is said for debugging only. */
export function toLogRecord(text: string, atMs: number): object | null {
  const raw = parseObject(text);
  const line = Line.safeParse(raw);
  if (!raw || !line.success) {
    const [severityNumber, severityText] = WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? INFO;
    return { timeUnixNano: nano(atMs), severityNumber, severityText, body: { stringValue: text } };
  }
  const { level, time, msg, err, trace_id: traceId, span_id: spanId } = line.data;
  const [severityNumber, severityText] = SEVERITIES[level] ?? INFO;
  if (severityNumber < SHIPPED_FROM) return null;
  const rest = Object.entries(raw).filter(([key]) => !TOLD.has(key));
  return {
    timeUnixNano: nano(time === undefined ? atMs : Date.parse(time)),
    severityNumber,
    severityText,
    body: { stringValue: msg || (err?.message ?? '') },
    ...(traceId && spanId && { traceId, spanId }),
    attributes: toAttributes({
      ...Object.fromEntries(rest.map(([key, value]) => [key, asText(value)])),
      ...(err && {
        'exception.type': err.type ?? 'Error',
        'exception.message': err.message ?? '',
        'exception.stacktrace': err.stack ?? '',
      }),
    }),
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function asText(value: unknown): string | number {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return value;
  return JSON.stringify(value) ?? '';
}

function nano(ms: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n);
}
