import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

export type ChangeKind = 'circuit' | 'alert' | 'process' | 'integrity' | 'deploy' | 'configuration';
export type Severity = 'ok' | 'info' | 'warning' | 'critical';

/** One line of "what changed": a transition, an alert, a process that died or came back, a check that turned, a deploy, a setting. */
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

/** How a service fared after a change, against how it had fared before. */
export interface Verdict {
  severity: Severity;
  /** "errors 0.1 % → 3.2 %, p95 +40 %, 2 new kinds of error" */
  text: string;
}

export const ListChangesInput = z.object({ range: TimeRange, limit: z.number().int().min(1).max(200).default(50) });
export type ListChangesInput = z.input<typeof ListChangesInput>;
