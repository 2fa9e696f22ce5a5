import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { errorOccurrences } from './error-occurrences.ts';

const STACK_CHARS = 8_000;
const MESSAGE_CHARS = 4_000;

const ErrorSampleRow = z.object({
  tMs: z.number(),
  traceId: z.string().transform((id) => id || null),
  spanId: z.string().transform((id) => id || null),
  instance: z.string(),
  release: z.string(),
  message: z.string(),
  stacktrace: z.string(),
});
export type ErrorSampleRow = z.infer<typeof ErrorSampleRow>;

/** The newest occurrences of one kind of failure, as they were sent. */
export function readErrorSamples(
  store: Store,
  { range, fingerprint, service }: { range: TimeRange; fingerprint: string; service: string },
  limit: number,
): Promise<ErrorSampleRow[]> {
  const { sql, params } = errorOccurrences(range, [service]);
  return store.query({
    name: 'error-samples',
    sql: `
      SELECT toUnixTimestamp64Milli(timestamp) AS tMs,
        if(trace_id = toFixedString('', 16), '', lower(hex(trace_id))) AS traceId,
        if(span_id = toFixedString('', 8), '', lower(hex(span_id))) AS spanId, instance, release,
        substringUTF8(message, 1, ${MESSAGE_CHARS}) AS message, substringUTF8(stacktrace, 1, ${STACK_CHARS}) AS stacktrace
      FROM (${sql}) AS occurrences
      WHERE fingerprint = {fingerprint:String}
      ORDER BY timestamp DESC
      LIMIT {limit:UInt32}`,
    params: { ...params, fingerprint, limit },
    row: ErrorSampleRow,
  });
}
