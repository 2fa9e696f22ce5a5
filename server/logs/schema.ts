import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';
import { TraceId } from '#server/traces/schema.ts';

export interface LogLine {
  tMs: number;
  service: string;
  instance: string;
  /** OTel severity number 1-24, and its text as sent. */
  severityNumber: number;
  severityText: string;
  body: string;
  eventName: string;
  traceId: string | null;
  spanId: string | null;
  attributes: Record<string, string>;
}

export const TraceLogsInput = z.object({ traceId: TraceId });

export const SearchLogsInput = z.object({
  range: TimeRange,
  service: z.string().max(255).optional(),
  minSeverity: z.number().int().min(1).max(24).optional(),
  /** Case-insensitive substring of the body. */
  text: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(1000).default(200),
});
export type SearchLogsInput = z.input<typeof SearchLogsInput>;
