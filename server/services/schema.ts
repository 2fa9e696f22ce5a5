import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

/** One row of the services list; rates and quantiles are over server and consumer spans in the window. */
export interface ServiceSummary {
  service: string;
  requestsPerS: number;
  errorRatio: number | null;
  latencyMsP50: number | null;
  latencyMsP95: number | null;
  latencyMsP99: number | null;
  instances: number;
  version: string | null;
  up: boolean | null;
  lastSeenMs: number;
  /** Requests a second over the window in 30 buckets, oldest first. */
  requestsSparkline: number[];
}

/** Rate, errors, duration in one bucket; nulls where nothing was served. */
export interface RedPoint {
  tMs: number;
  requestsPerS: number;
  errorsPerS: number;
  errorRatio: number | null;
  latencyMsP50: number | null;
  latencyMsP95: number | null;
  latencyMsP99: number | null;
}

export interface Endpoint {
  operation: string;
  kind: SpanKindName;
  requestsPerS: number;
  count: number;
  errorRatio: number | null;
  latencyMsP50: number | null;
  latencyMsP95: number | null;
  latencyMsP99: number | null;
  /** Requests a second over the window in 30 buckets, oldest first. */
  requestsSparkline: number[];
}

export type SpanKindName = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export interface ServiceInstance {
  instance: string;
  version: string | null;
  up: boolean | null;
  requestsPerS: number;
  lastSeenMs: number;
}

export interface RecentError {
  tMs: number;
  traceId: string;
  spanId: string;
  operation: string;
  errorType: string;
  message: string;
  durationMs: number;
}

export interface SlowRequest {
  tMs: number;
  traceId: string;
  spanId: string;
  operation: string;
  durationMs: number;
  failed: boolean;
}

export const ListServicesInput = z.object({ range: TimeRange });
export const ServiceInput = z.object({ service: z.string().min(1).max(255), range: TimeRange });
/** Of one service, or of all. */
export const KeptSharesInput = ServiceInput.partial({ service: true });
export type ServiceInput = z.infer<typeof ServiceInput>;
/** `buckets` bounds the points: the server picks the smallest round step that gives no more of them. */
export const ServiceSeriesInput = ServiceInput.extend({ buckets: z.number().int().min(10).max(500).default(120) });
export type ServiceSeriesInput = z.infer<typeof ServiceSeriesInput>;

export interface RedSeries {
  stepMs: number;
  points: RedPoint[];
}
