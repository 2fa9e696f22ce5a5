import { z } from 'zod';
import type { LoadTestStatus, Result, Summary, Tick } from '#server/load-tests/schema.ts';

export const SCENARIO_NAMES = ['payments-errors', 'inventory-latency', 'orders-die'] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** A fault stays no longer than that: a drill is no outage. */
export const FAULT_SECONDS_MAX = 180;
export const DRILL_WORKERS_MAX = 50;

export const StartDrillInput = z.object({
  scenario: z.enum(SCENARIO_NAMES),
  workers: z
    .number()
    .int('Shoppers come whole.')
    .min(4, 'Four shoppers at least: fewer would not make a breaker open.')
    .max(DRILL_WORKERS_MAX, `${DRILL_WORKERS_MAX} shoppers at most.`)
    .default(12),
  faultSeconds: z
    .number()
    .int('Whole seconds.')
    .min(10, 'Ten seconds at least.')
    .max(FAULT_SECONDS_MAX, `${FAULT_SECONDS_MAX} seconds at most.`)
    .default(30),
});
export type StartDrillInput = z.input<typeof StartDrillInput>;
export const DrillInput = z.object({ id: z.uuid() });

export type DrillPhase = 'baseline' | 'fault' | 'recovery' | 'questions' | 'done';

export const Answer = z.object({
  question: z.string(),
  passed: z.boolean(),
  /** In a few words: "after 4.2 s". */
  answer: z.string(),
  detail: z.string(),
});
export type Answer = z.infer<typeof Answer>;

/** What a drill does and what it asks, for people to read before they start it. */
export interface ScenarioLine {
  name: ScenarioName;
  title: string;
  what: string;
  service: string;
  breakerWithinS: number;
  recoverWithinS: number;
}

export interface DrillLine {
  id: string;
  scenario: string;
  title: string;
  status: LoadTestStatus;
  phase: DrillPhase;
  startedMs: number;
  endedMs: number | null;
  actor: string;
  workers: number;
  faultSeconds: number;
  service: string;
  passed: number;
  asked: number;
  /** True while a fault is in a service, or may be. */
  isFaulty: boolean;
}

export interface Drill extends DrillLine {
  faultMs: number | null;
  faultRemovedMs: number | null;
  recoveredMs: number | null;
  answers: Answer[];
  ticks: Tick[];
  summary: (Summary & Partial<Result>) | null;
  /** Why it is broken. */
  fault: string | null;
  isStopping: boolean;
}

export interface DrillOverview {
  target: string;
  /** Why none can be started here; empty when one can. */
  whyNot: string;
  scenarios: ScenarioLine[];
  runningId: string | null;
  drills: DrillLine[];
}
