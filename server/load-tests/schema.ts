import { z } from 'zod';

/** More shoppers than that make one process the bottleneck of what it measures. */
export const WORKERS_MAX = 300;
export const SECONDS_MAX = 900;
export const PACE_MAX = 10;

export const StartLoadTestInput = z.object({
  workers: z
    .number()
    .int('Shoppers come whole.')
    .min(1, 'One shopper at least.')
    .max(WORKERS_MAX, `${WORKERS_MAX} shoppers at most.`),
  seconds: z
    .number()
    .int('Whole seconds.')
    .min(5, 'Five seconds at least.')
    .max(SECONDS_MAX, `${SECONDS_MAX} seconds at most.`),
  /** Requests a second of one shopper. */
  pace: z
    .number()
    .min(0.1, 'A request in ten seconds at least.')
    .max(PACE_MAX, `${PACE_MAX} a second at most.`)
    .default(1),
  /** All shoppers from one address share one client's quota. */
  oneAddress: z.boolean().default(false),
});
export type StartLoadTestInput = z.input<typeof StartLoadTestInput>;
export const LoadTestInput = z.object({ id: z.uuid() });

const Quantiles = {
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  maxMs: z.number().nullable(),
};
const CountFields = {
  /** What the shop means to answer, a declined card and a gone product included. */
  served: z.number(),
  /** Over a quota. */
  limited: z.number(),
  /** Refused because a breaker is open. */
  breaker: z.number(),
  failed: z.number(),
  /** No connection, or no answer in eight seconds. */
  unanswered: z.number(),
};
export const Counts = z.object(CountFields);
export type Counts = z.infer<typeof Counts>;

/** The requests that ended in one second. */
export const Tick = z.object({ atS: z.number(), ...CountFields, ...Quantiles });
export type Tick = z.infer<typeof Tick>;

const Tally = z.record(z.string(), z.number());

/** What a test adds up to so far; latencies are of what reached a service, refusals left out. */
export const Summary = z.object({
  elapsedS: z.number(),
  counts: Counts,
  statuses: Tally,
  /** From when a shopper wanted an answer. */
  waited: z.object(Quantiles),
  /** From when the request was sent. */
  took: z.object(Quantiles),
  routes: z.array(z.object({ route: z.string(), counts: Counts, statuses: Tally, ...Quantiles })),
  limitedBy: Tally,
  policies: z.record(z.string(), z.object({ quota: z.number(), windowS: z.number() })),
  brokenBy: Tally,
  visits: Tally,
});
export type Summary = z.infer<typeof Summary>;

export const Result = Summary.extend({
  rampS: z.number(),
  addresses: z.enum(['each', 'one']),
  /** Due, and never sent: the shop was too slow for the pace. */
  unsent: z.number(),
  isStopped: z.boolean(),
  generatorLagMs: z.number(),
});
export type Result = z.infer<typeof Result>;

export type LoadTestStatus = 'running' | 'passed' | 'failed' | 'stopped' | 'broken';

export interface Verdict {
  isPassed: boolean;
  successRatio: number | null;
  /** One sentence a reason; why it did not pass, or why it did. */
  reasons: string[];
}

export interface Advice {
  tone: 'ok' | 'info' | 'warn' | 'critical';
  title: string;
  detail: string;
}

/** One test as the history lists it. */
export interface LoadTestLine {
  id: string;
  status: LoadTestStatus;
  startedMs: number;
  endedMs: number | null;
  actor: string;
  target: string;
  workers: number;
  seconds: number;
  pace: number;
  oneAddress: boolean;
  successRatio: number | null;
  requestsPerS: number | null;
  p95Ms: number | null;
}

export interface LoadTest extends LoadTestLine {
  /** Null until the first second is over. */
  summary: (Summary & Partial<Result>) | null;
  ticks: Tick[];
  /** Null while it runs, and where it was broken off. */
  verdict: Verdict | null;
  advice: Advice[];
  /** Why it is broken. */
  fault: string | null;
  isStopping: boolean;
}

export interface LoadTestOverview {
  target: string;
  /** Whether the console may start one here, or why not; empty when it may. */
  whyNot: string;
  runningId: string | null;
  tests: LoadTestLine[];
}
