import { z } from 'zod';

export const SilenceMatcher = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z_:][\w:]*$/, 'is not the name of a label')
    .max(200),
  value: z.string().max(2_000),
  isRegex: z.boolean().default(false),
  isEqual: z.boolean().default(true),
});

const MATCHERS_MAX = 20;
const Matchers = z
  .array(SilenceMatcher)
  .min(1, 'needs a matcher: without one it would silence everything')
  .max(MATCHERS_MAX);
/** A year: what is never to be told is a matter for the rules. */
const LENGTH_MS_MAX = 366 * 86_400_000;

export const CreateSilenceInput = z
  .object({
    /** Of the silence that this one changes. */
    id: z.uuid().optional(),
    matchers: Matchers,
    startsAtMs: z.number().int().min(0),
    endsAtMs: z.number().int().min(0),
    author: z.string().trim().min(1, 'Say who you are').max(200),
    comment: z.string().trim().min(1, 'Say why: whoever finds an alert silenced will want to know').max(2_000),
  })
  .refine(({ startsAtMs, endsAtMs }) => endsAtMs > startsAtMs, {
    message: 'It ends before it begins',
    path: ['endsAtMs'],
  })
  .refine(({ startsAtMs, endsAtMs }) => endsAtMs - startsAtMs <= LENGTH_MS_MAX, {
    message: 'A silence lasts a year at most',
    path: ['endsAtMs'],
  });
export type CreateSilenceInput = z.input<typeof CreateSilenceInput>;
export const ExpireSilenceInput = z.object({ id: z.uuid() });
export const PreviewSilenceInput = z.object({ matchers: Matchers });

export type SilenceState = 'active' | 'pending' | 'expired';

export interface Silence {
  id: string;
  matchers: z.output<typeof SilenceMatcher>[];
  startsAtMs: number;
  endsAtMs: number;
  author: string;
  comment: string;
  createdAtMs: number;
  updatedAtMs: number;
  state: SilenceState;
  /** How many alerts it keeps back now. */
  silences: number;
}

/** What a silence would keep back now. */
export interface SilencePreview {
  alerts: {
    id: string;
    rule: string;
    severity: 'critical' | 'warning' | 'info';
    labels: Record<string, string>;
    summary: string;
  }[];
  count: number;
  /** Of how many that fire or are pending. */
  of: number;
}
