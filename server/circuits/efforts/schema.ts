import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

export const ListEffortsInput = z.object({ range: TimeRange });
export type ListEffortsInput = z.input<typeof ListEffortsInput>;

/** What calls from one service to another took beyond one try each. */
export interface EdgeEffort {
  caller: string;
  callee: string;
  /** Asked for, each sent once or more often. */
  requests: number;
  attempts: number;
  retries: number;
  /** Retries that were answered well. */
  healing: number;
  refused: number;
  attemptsPerRequest: number | null;
  /** Retries to requests, which the budget bounds. */
  retryRatio: number | null;
  /** Tries that nobody waited for to the end; those that were worked on afterwards, and for how long in all. */
  givenUp: number;
  wasted: number;
  wastedMs: number;
}

export interface Efforts {
  /** What was read: the newest hours of a longer range. */
  range: TimeRange;
  /** Retries to requests that are to be borne. */
  retryBudget: number;
  edges: EdgeEffort[];
}
