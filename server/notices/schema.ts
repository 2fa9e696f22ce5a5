import { z } from 'zod';
import type { Severity } from '#server/changes/schema.ts';

export type NoticeKind = 'alert' | 'delivery' | 'circuit' | 'job';

/** Something that happened and that somebody may want to know of who did not look. */
export interface Notice {
  id: string;
  tMs: number;
  kind: NoticeKind;
  severity: Severity;
  title: string;
  detail: string;
  /** Where in the console the matter is shown. */
  href: string;
}

export interface NoticeReport {
  /** Newest first. */
  notices: Notice[];
  /** What could not be asked, as in "Breakers: the store is away"; the others are told all the same. */
  missing: string[];
}

export const NOTICES_MAX = 100;
export const ListNoticesInput = z.object({ limit: z.number().int().min(1).max(NOTICES_MAX).default(50) });
export type ListNoticesInput = z.input<typeof ListNoticesInput>;
