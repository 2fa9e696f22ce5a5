import { z } from 'zod';

export const RunbookName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/);
export const GetRunbookInput = z.object({ name: RunbookName });

export interface Runbook {
  name: string;
  title: string;
  /** Rendered from Markdown and sanitised: safe to set as inner HTML. */
  html: string;
}
