import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

const TierName = z.string().min(1).max(50);

export const ReplayLimitsInput = z.object({
  range: TimeRange,
  /** Over those in force, by the name of the tier; `login` is one of them. */
  tiers: z
    .record(
      TierName,
      z.object({
        quota: z.number().int().min(1).max(1_000_000).optional(),
        windowMs: z.number().int().min(100).max(86_400_000).optional(),
      }),
    )
    .default({}),
});
export type ReplayLimitsInput = z.input<typeof ReplayLimitsInput>;

/** Requests refused: as it was, by the limits in force when they are replayed, and by the others that are tried. */
export interface Refusals {
  really: number;
  inForce: number;
  candidate: number;
}

export interface ReplayedTier extends Refusals {
  name: string;
  quota: number;
  windowMs: number;
  candidateQuota: number;
  candidateWindowMs: number;
  /** Requests that it counted. */
  requests: number;
}

export interface RefusalsOf extends Refusals {
  name: string;
  requests: number;
}

export interface LimitsReplay {
  /** From the first request that was read to the end of what was asked for. */
  range: TimeRange;
  /** Those that a limit counted. */
  requests: number;
  /** There were more, and only the newest were read. */
  isCut: boolean;
  /** Requests whose traces say that others were left out. */
  sampled: number;
  instances: number;
  /** All gateways count together. */
  isShared: boolean;
  /** Refused by any tier. */
  total: Refusals;
  tiers: ReplayedTier[];
  /** Where somebody was or would be refused, the most first. */
  routes: RefusalsOf[];
  clients: RefusalsOf[];
}
