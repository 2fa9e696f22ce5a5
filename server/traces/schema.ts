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
  /** Calls that an open breaker refused: they never reached the called service. */
  refusedCount: number;
  services: { service: string; spanCount: number }[];
}

export interface SearchTracesResult {
  traces: TraceSummary[];
  /** True when more traces matched than `limit`. */
  truncated: boolean;
}

export interface SpanEvent {
  /** Microseconds after the start of its span. */
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
  /** Index in the trace's `resources`. */
  resource: number;
  events: SpanEvent[];
  links: { traceId: string; spanId: string }[];
}

export interface Trace {
  traceId: string;
  startMs: number;
  durationUs: number;
  spans: Span[];
  /** Attributes of the resources that the spans name: there are few, however many the spans. */
  resources: Record<string, string>[];
  /** True when the trace has more spans than are sent. */
  truncated: boolean;
}

/**
 * The spans of a large trace in the order in which they began, as columns: what its views draw, without what is read of one span
 * at a time. A column is one text, which costs senders and readers a tenth of what ten thousand objects do.
 */
export interface TraceOutline {
  /** 16 digits a span. */
  spanIds: string;
  /** The same; zeros where there is no parent. */
  parentIds: string;
  /** What `service` and `operation` are places in. */
  services: string[];
  operations: string[];
  service: string;
  operation: string;
  startUs: string;
  durationUs: string;
  /** One digit a span, as OTLP numbers them. */
  status: string;
  /** What a breaker made of the call, of the few spans that met one. */
  outcomes: [span: number, outcome: string][];
  /** When the events of a span were, in microseconds after its start. */
  events: [span: number, offsetsUs: number[]][];
}

/** A trace as its page asks for it first: whole, or as an outline when it is large. */
export interface OpenedTrace extends Omit<Trace, 'spans'> {
  spans: Span[] | null;
  outline: TraceOutline | null;
}

export const OpenTraceInput = z.object({ traceId: TraceId });

/** More than a browser can lay out. */
export const TRACE_SPANS_MAX = 10_000;

export const GetTraceInput = z.object({
  traceId: TraceId,
  /** The earliest are sent. */
  spansMax: z.number().int().min(1).max(TRACE_SPANS_MAX).default(TRACE_SPANS_MAX),
});
export const ExportTraceInput = z.object({ traceId: TraceId });

export interface DurationBucket {
  tMs: number;
  /** Lower bound of a logarithmic duration bucket. */
  durationMs: number;
  count: number;
  errors: number;
}

export const OperationsInput = z.object({ range: TimeRange, service: z.string().max(255).optional() });

export const AttributeKeysInput = z.object({ range: TimeRange, service: z.string().max(255).optional() });
export const AttributeValuesInput = z.object({
  range: TimeRange,
  service: z.string().max(255).optional(),
  key: z.string().min(1).max(255),
  contains: z.string().max(200).default(''),
});

/** Traces that are meant among those of a search: by start, by duration, by whether they failed. */
export const TraceSelection = z.object({
  fromMs: z.number().int().nonnegative().optional(),
  toMs: z.number().int().nonnegative().optional(),
  minDurationMs: z.number().nonnegative().optional(),
  maxDurationMs: z.number().positive().optional(),
  failed: z.boolean().default(false),
});
export type TraceSelection = z.input<typeof TraceSelection>;

export const ExplainSelectionInput = SearchTracesInput.omit({ sort: true, limit: true }).extend({
  selection: TraceSelection,
});

/** A value whose share among the selected traces is not its share among the others. */
export interface TraceDifference {
  field: 'service' | 'operation' | 'status' | 'attribute';
  /** The attribute's name; the service of an operation or a status. */
  key: string;
  value: string;
  /** 0 to 1: of the traces, those with the value on any span. */
  selectedShare: number;
  othersShare: number;
}

export interface SelectionExplained {
  /** How many traces were looked at. */
  selected: number;
  others: number;
  /** True when there are more than were looked at. */
  isSample: boolean;
  differences: TraceDifference[];
}

export interface OtlpAttribute {
  key: string;
  value: { stringValue: string };
}

export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  traceState?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: OtlpAttribute[];
  events: { timeUnixNano: string; name: string; attributes: OtlpAttribute[] }[];
  links: { traceId: string; spanId: string }[];
  status: { code: number; message?: string };
}

/** An ExportTraceServiceRequest. */
export interface OtlpTrace {
  resourceSpans: {
    resource: { attributes: OtlpAttribute[] };
    scopeSpans: { scope: { name: string }; spans: OtlpSpan[] }[];
  }[];
}
