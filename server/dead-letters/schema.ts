import { z } from 'zod';

export const DEAD_LETTER_STATUSES = ['open', 'redriven', 'discarded'] as const;
export const DeadLetterStatus = z.enum(DEAD_LETTER_STATUSES);
export type DeadLetterStatus = z.infer<typeof DeadLetterStatus>;

export const ListDeadLettersInput = z.strictObject({ status: DeadLetterStatus.default('open') });

export const DeadLetterInput = z.strictObject({
  service: z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/),
  eventId: z.uuid(),
});
export type DeadLetterInput = z.infer<typeof DeadLetterInput>;

const reason = z.string().trim().min(3, 'Say why, in three letters or more.').max(500);
export const DecideDeadLetterInput = DeadLetterInput.extend({ reason });

/** As a service's admin port tells it. */
export const DeadLetterSummary = z.object({
  eventId: z.uuid(),
  type: z.string(),
  key: z.string(),
  attempts: z.number().int(),
  error: z.string(),
  status: DeadLetterStatus,
  reason: z.string().nullable(),
  occurredAt: z.string(),
  deadAt: z.string(),
  resolvedAt: z.string().nullable(),
  /** Of the attempt that failed last; empty without one. */
  traceId: z.string(),
});
export const DeadLetterDetail = DeadLetterSummary.extend({
  payload: z.unknown(),
  headers: z.record(z.string(), z.string()),
});

export type DeadLetterRow = z.infer<typeof DeadLetterSummary> & { service: string };
export type DeadLetter = z.infer<typeof DeadLetterDetail> & { service: string };

export interface DeadLetterList {
  /** Newest first, of all services. */
  deadLetters: DeadLetterRow[];
  /** Services that consume events and answered. */
  services: string[];
  /** Services that could not be asked, and why: what lies there is not in the list. */
  unreachable: { service: string; reason: string }[];
}

/** A dead letter with its payload, and what operators did about it, newest first. */
export interface DeadLetterFile extends DeadLetter {
  audit: { id: string; atMs: number; actor: string; verb: string; reason: string }[];
}
