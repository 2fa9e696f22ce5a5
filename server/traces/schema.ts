import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';
import type { SpanKindName } from '#server/services/schema.ts';

export const TraceId = z.string().regex(/^[0-9a-f]{32}$/, 'a trace id is 32 lower-case hex digits');
export type TraceId = z.infer<typeof TraceId>;

export const AttributeFilter = z.object({
  key: z.string().min(1).max(255),
  op: z.enum(['=', '!=', 'exists']),
  value: z.string().max(1000).default(''),
});
export type AttributeFilter = z.infer<typeof AttributeFilter>;

export const SearchTracesInput = z.object({
  range: TimeRange,
  service: z.string().max(255).optional(),
  operation: z.string().max(1000).optional(),
  status: z.enum(['error', 'ok']).optional(),
  /** How the call met a breaker: `rejected` were refused by an open breaker, `failure` really failed. */
  circuitOutcome: z.enum(['success', 'failure', 'rejected', 'timeout', 'fallback']).optional(),
  minDurationMs: z.number().nonnegative().optional(),
  maxDurationMs: z.number().positive().optional(),
  attributes: z.array(AttributeFilter).max(10).default([]),
  sort: z.enum(['newest', 'slowest']).default('newest'),
  limit: z.number().int().min(1).max(200).default(50),
});
export type SearchTracesInput = z.input<typeof SearchTracesInput>;

export interface TraceSummary {
  traceId: string;
  rootService: string;
  rootOperation: string;
  startMs: number;
  durationMs: number;
  spanCount: number;
  errorCount: number;
  services: { service: string; spanCount: number }[];
}

export interface SearchTracesResult {
  traces: TraceSummary[];
  /** True when more traces matched than `limit`. */
  truncated: boolean;
}

export interface SpanEvent {
  offsetUs: number;
  name: string;
  attributes: Record<string, string>;
}

export interface Span {
  spanId: string;
  parentSpanId: string | null;
  service: string;
  instance: string;
  operation: string;
  kind: SpanKindName;
  /** Microseconds after the start of the trace. */
  startUs: number;
  durationUs: number;
  status: 'unset' | 'ok' | 'error';
  statusMessage: string;
  attributes: Record<string, string>;
  resourceAttributes: Record<string, string>;
  events: SpanEvent[];
  links: { traceId: string; spanId: string }[];
}

export interface Trace {
  traceId: string;
  startMs: number;
  durationUs: number;
  spans: Span[];
  /** True when the trace has more spans than are sent. */
  truncated: boolean;
}

export const GetTraceInput = z.object({ traceId: TraceId });

export interface DurationBucket {
  tMs: number;
  /** Lower bound of a logarithmic duration bucket. */
  durationMs: number;
  count: number;
  errors: number;
}

export const OperationsInput = z.object({ range: TimeRange, service: z.string().max(255).optional() });
