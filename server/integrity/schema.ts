import { z } from 'zod';

export type CheckSeverity = 'critical' | 'warning' | 'info';
/** `failed`: the check itself could not run. `violated`: it ran and found rows. */
export type CheckStatus = 'passed' | 'violated' | 'failed' | 'never_run';

export const CheckName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/);

export interface CheckRun {
  id: string;
  startedMs: number;
  durationMs: number;
  trigger: 'schedule' | 'manual' | 'start';
  status: Exclude<CheckStatus, 'never_run'>;
  violations: number;
  newViolations: number;
  /** Postgres's own message when the check failed. */
  error: string | null;
}

export interface Check {
  name: string;
  title: string;
  description: string;
  severity: CheckSeverity;
  owner: string;
  schedule: string;
  sql: string;
  status: CheckStatus;
  lastRun: CheckRun | null;
  nextRunMs: number | null;
  running: boolean;
  /** Violation counts of the last 30 runs, oldest first; null where the check failed. */
  history: (number | null)[];
}

export interface Violation {
  /** Stable over runs: a digest of the row's key columns. */
  key: string;
  firstSeenMs: number;
  lastSeenMs: number;
  /** The row as the check selected it, values as text. */
  row: Record<string, string | null>;
  isNew: boolean;
}

export interface CheckDetail extends Check {
  runs: CheckRun[];
  /** At most 100 sample rows of the last run. */
  violations: Violation[];
}

export const GetCheckInput = z.object({ name: CheckName });
export const RunCheckInput = z.object({ name: CheckName });
