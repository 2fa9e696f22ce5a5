import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';
import { AttributeFilter, TraceId } from '#server/traces/schema.ts';

export interface LogLine {
  /** Names the line; two copies that were delivered twice share it. */
  id: string;
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

/** What a list of lines leaves out, because most of it is the same on every line. */
export interface LogDetail {
  scope: string;
  resourceAttributes: Record<string, string>;
}

/** Severities as they are counted: OTel's numbers 17 and up, 13-16, 9-12, 1-8, and lines without any. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'none'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogBucket {
  tMs: number;
  counts: Partial<Record<LogLevel, number>>;
}

export interface LogHistogram {
  stepMs: number;
  /** Only buckets with lines, in the order of time. */
  buckets: LogBucket[];
}

/** The most frequent values of a field among the matching lines, the most frequent first. */
export interface LogFacet {
  field: string;
  values: { value: string; count: number }[];
}

export const TraceLogsInput = z.object({ traceId: TraceId });

/** Which lines are meant; every condition must hold. */
export const LogFilter = z.object({
  range: TimeRange,
  service: z.string().max(255).optional(),
  minSeverity: z.number().int().min(1).max(24).optional(),
  /** Case-insensitive substring of the body. */
  text: z.string().max(500).optional(),
  traceId: TraceId.optional(),
  /** Attributes of the line or of its resource. */
  fields: z.array(AttributeFilter).max(10).default([]),
});
export type LogFilter = z.input<typeof LogFilter>;

export const SearchLogsInput = LogFilter.extend({ limit: z.number().int().min(1).max(1000).default(200) });
export type SearchLogsInput = z.input<typeof SearchLogsInput>;

export const LogHistogramInput = LogFilter.extend({ buckets: z.number().int().min(10).max(200).default(90) });
export type LogHistogramInput = z.input<typeof LogHistogramInput>;

/** Nanoseconds of the line and the hash of what it says. */
export const LogId = z.string().regex(/^\d{1,19}-[0-9A-F]{16}$/, 'the id of a line is given with the line');
export const GetLogInput = z.object({ id: LogId });
