import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

export type ChangeKind = 'circuit' | 'alert' | 'process' | 'integrity';
export type Severity = 'ok' | 'info' | 'warning' | 'critical';

/** One line of "what changed": a transition, an alert, a process that died or came back, a check that turned. */
export interface Change {
  id: string;
  tMs: number;
  kind: ChangeKind;
  severity: Severity;
  title: string;
  detail: string;
  /** Where in the console the matter is shown. */
  href: string;
}

export const ListChangesInput = z.object({ range: TimeRange, limit: z.number().int().min(1).max(200).default(50) });
export type ListChangesInput = z.input<typeof ListChangesInput>;
