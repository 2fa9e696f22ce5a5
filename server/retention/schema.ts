import { z } from 'zod';

/** What is kept for a time of its own. */
export const RETENTION_SIGNALS = [
  'traces',
  'exemplars',
  'logs',
  'metrics',
  'rollup_1m',
  'rollup_1h',
  'circuits',
] as const;
export type RetentionSignal = (typeof RETENTION_SIGNALS)[number];
export type RetentionDays = Record<RetentionSignal, number>;

/** Hours are few and small, and objectives are shown over 90 days of them. */
export const RETENTION_DEFAULT: RetentionDays = {
  traces: 7,
  exemplars: 7,
  logs: 7,
  metrics: 30,
  rollup_1m: 30,
  rollup_1h: 400,
  circuits: 400,
};

export const RETENTION_DAYS_MAX = 3650;

export const SetRetentionInput = z.object({
  signal: z.enum(RETENTION_SIGNALS),
  days: z
    .int('Days are whole.')
    .min(1, 'Keep it for a day at least.')
    .max(RETENTION_DAYS_MAX, `Ten years (${RETENTION_DAYS_MAX} days) are the most.`),
});
export type SetRetentionInput = z.infer<typeof SetRetentionInput>;

/** Of a signal's main table the rows, of all its tables the bytes. */
export interface Held {
  rows: number;
  bytes: number;
}

export interface KeptSignal {
  signal: RetentionSignal;
  days: number;
  defaultDays: number;
  /** Null while it is the default. */
  changed: { atMs: number; by: string } | null;
  tables: readonly string[];
  held: Held;
  /** Of it what is past its time: gone at the next look, within a minute or so. */
  past: Held;
  oldestMs: number | null;
  /** Of the newest whole days, after compression; null while less than an hour is held. */
  bytesADay: number | null;
}

export interface RetentionReport {
  atMs: number;
  signals: KeptSignal[];
  /** Of the store's disks. */
  freeBytes: number;
  totalBytes: number;
}

/** What another limit would mean. */
export interface RetentionPreview {
  /** Deleted for good, partition by partition. */
  deleted: Held;
  /** Once it holds that many days, at the pace of lately. */
  bytesWhenFull: number | null;
  freeBytes: number;
}
