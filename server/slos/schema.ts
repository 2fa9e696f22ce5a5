import { z } from 'zod';

export type SloKind = 'availability' | 'latency';
/**
 * `missed`: the window as measured is under the target. `burning`: it holds, but at the present pace not for long. `low`: less
 * than a quarter of the budget is left. `no_data`: nothing was served in the window, which is no success.
 */
export type SloStatus = 'met' | 'low' | 'burning' | 'missed' | 'no_data';

export interface Slo {
  id: string;
  service: string;
  kind: SloKind;
  /** Of a latency objective; 0 otherwise. */
  thresholdMs: number;
  target: number;
  windowDays: number;
}

/** One UTC day; null where nothing was served. */
export interface SloDay {
  dayMs: number;
  requests: number;
  good: number | null;
}

export interface SloHealth extends Slo {
  status: SloStatus;
  requests: number;
  bad: number;
  /** The share of good requests over the window; null without requests. */
  achieved: number | null;
  /** The part of the error budget that is left: 1 untouched, 0 used up, below that overdrawn. */
  budgetLeft: number | null;
  /** How many times faster than allowed the budget is being used; 1 uses it up exactly at the end of the window. */
  burnRate1h: number | null;
  burnRate6h: number | null;
  /** When the window holds less than it promises: its first day with data. */
  measuredSinceMs: number | null;
  /** The last 90 days, oldest first, today last. */
  days: SloDay[];
}

export interface HealthReport {
  atMs: number;
  objectives: SloHealth[];
  /** Services that were seen this week without an objective. */
  unwatched: string[];
}

export const SLO_WINDOWS_DAYS = [7, 30] as const;

const fields = {
  service: z.string().trim().min(1, 'Name the service.').max(255),
  kind: z.enum(['availability', 'latency']),
  /** The store sums latency by the minute: under a millisecond its sketches say nothing. */
  thresholdMs: z.number().min(0).max(600_000),
  /** All of the requests would leave no budget, and a budget is the point. */
  target: z.number().min(0.5, 'A target is at least 50 %.').max(0.99999, 'A target is below 100 %.'),
  windowDays: z.union([z.literal(7), z.literal(30)]),
};

function thresholdFits({ kind, thresholdMs }: { kind: SloKind; thresholdMs: number }): boolean {
  return kind === 'latency' ? thresholdMs >= 1 : thresholdMs === 0;
}
const MISFIT = 'A latency objective needs a threshold of 1 ms or more; an availability objective has none (0).';

export const CreateSloInput = z.object(fields).refine(thresholdFits, MISFIT);
export type CreateSloInput = z.infer<typeof CreateSloInput>;
export const UpdateSloInput = z.object({ id: z.uuid(), ...fields }).refine(thresholdFits, MISFIT);
export type UpdateSloInput = z.infer<typeof UpdateSloInput>;
export const DeleteSloInput = z.object({ id: z.uuid() });
export type DeleteSloInput = z.infer<typeof DeleteSloInput>;
