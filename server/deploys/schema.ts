import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';
import type { Verdict } from '#server/changes/schema.ts';

/** A version of a service that took over. */
export interface Deploy {
  id: string;
  service: string;
  version: string;
  /** What ran before; null when nobody knows. */
  previousVersion: string | null;
  atMs: number;
  url: string | null;
  by: string | null;
  /** `reported` by a pipeline, or `seen`: spans of a version that had not been there. */
  source: 'reported' | 'seen';
  /** Null for deploys beyond the newest few. */
  verdict: Verdict | null;
}

const Text = z.string().trim().min(1).max(255);

/** The body of POST /api/deploys. */
export const RecordDeployInput = z.strictObject({
  service: Text,
  version: Text,
  /** When it was rolled out, as ISO 8601 or Unix milliseconds; now when missing. */
  at: z
    .union([
      z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
      z
        .int()
        .positive()
        .transform((ms) => new Date(ms)),
    ])
    .optional(),
  /** The page shows it as a link, so it may be nothing but a page. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  by: Text.optional(),
});
export type RecordDeployInput = z.input<typeof RecordDeployInput>;

export const ListDeploysInput = z.object({
  range: TimeRange,
  service: z.string().min(1).max(255).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListDeploysInput = z.input<typeof ListDeploysInput>;
