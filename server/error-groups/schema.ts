import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

export const Fingerprint = z.string().regex(/^[0-9A-F]{16}$/, 'a fingerprint is 16 upper-case hex digits');

/** Failures of one kind: same service, type and operation, and a message that differs in ids, numbers and quoted parts only. */
export interface ErrorGroup {
  fingerprint: string;
  /** Spans that failed or noted an exception, or lines of severity error and above. */
  source: 'span' | 'log';
  service: string;
  /** exception.type, or error.type, or the status as `HTTP 503`; empty when none was sent. */
  type: string;
  operation: string;
  /** The message with what differs replaced by #. */
  message: string;
  count: number;
  /** Within the asked range. */
  firstMs: number;
  lastMs: number;
  /** service.version of the newest occurrence, and how many versions had it. */
  release: string;
  releases: number;
  /** Counts over the range, from its start to its end in equal steps. */
  trend: number[];
  /** The newest traces with it, the newest first. */
  traceIds: string[];
}

export interface ErrorGroups {
  groups: ErrorGroup[];
  /** True when there are more groups than are sent. */
  truncated: boolean;
}

/** One occurrence. */
export interface ErrorSample {
  tMs: number;
  traceId: string | null;
  spanId: string | null;
  instance: string;
  release: string;
  /** As it was sent. */
  message: string;
  stacktrace: string;
}

/** When a group was first seen by all that is kept. */
export interface FirstSeen {
  fingerprint: string;
  firstMs: number;
}

export const ERROR_SORTS = ['count', 'last', 'first'] as const;

export const ListErrorGroupsInput = z.object({
  range: TimeRange,
  service: z.string().max(255).optional(),
  source: z.enum(['span', 'log']).optional(),
  /** Case-insensitive substring of type, operation or message. */
  text: z.string().max(500).optional(),
  sort: z.enum(ERROR_SORTS).default('count'),
  limit: z.number().int().min(1).max(200).default(100),
});
export type ListErrorGroupsInput = z.input<typeof ListErrorGroupsInput>;

export const ErrorSamplesInput = z.object({
  range: TimeRange,
  fingerprint: Fingerprint,
  service: z.string().max(255),
  limit: z.number().int().min(1).max(50).default(20),
});

export const FirstSeenInput = z.object({
  /** Looked for before this moment. */
  beforeMs: z.number().int().positive(),
  fingerprints: z.array(Fingerprint).max(200),
  services: z.array(z.string().max(255)).max(200),
});
