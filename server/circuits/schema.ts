import { z } from 'zod';
import type { Verdict } from '#server/changes/schema.ts';
import { Reason, type Acknowledgement } from '#server/gateway/schema.ts';
import type { RedSeries } from '#server/services/schema.ts';
import { TimeRange } from '#server/time/schema.ts';

export const CircuitState = z.enum(['closed', 'open', 'half_open', 'forced_open', 'forced_closed']);
export type CircuitState = z.infer<typeof CircuitState>;

/** One breaker as one instance of its owner reports it. */
export interface CircuitInstance {
  instance: string;
  state: CircuitState;
  sinceMs: number;
  reason: string;
  failures: number;
  calls: number;
  threshold: number;
  resetTimeoutMs: number;
  halfOpenSuccessCount: number;
  nextAttemptMs: number | null;
  lastSeenMs: number;
}

/** A breaker: `reporter` is the service that owns it (the gateway), `name` the service that it guards. */
export interface Circuit {
  name: string;
  reporter: string;
  /** The worst state over the instances: forced_open, open, half_open, forced_closed, closed. */
  state: CircuitState;
  sinceMs: number;
  instances: CircuitInstance[];
  /** Calls through the breaker in the last minute, and how many of them failed or were refused. */
  callsPerS: number;
  failureRatio: number | null;
  rejectedPerS: number;
}

export interface CircuitTransition {
  tMs: number;
  name: string;
  reporter: string;
  instance: string;
  state: CircuitState;
  previousState: CircuitState;
  reason: string;
  failures: number;
  calls: number;
  threshold: number;
  nextAttemptMs: number | null;
  /** Hex ids of the calls that failed. */
  traceIds: string[];
  /** `push`: reported as it happened. `poll`: found by reconciliation, the time is that of the poll. */
  source: 'push' | 'poll';
}

export const ListTransitionsInput = z.object({
  range: TimeRange,
  name: z.string().max(200).optional(),
  reporter: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(500).default(100),
});
export type ListTransitionsInput = z.input<typeof ListTransitionsInput>;

const BreakerRef = { reporter: z.string().min(1).max(200), name: z.string().min(1).max(200) };
/** Minutes that a force lasts at most: whoever needs longer decides again. */
export const FORCE_MINUTES_MAX = 1_440;

export const ForceCircuitInput = z.object({
  ...BreakerRef,
  side: z.enum(['open', 'closed']),
  reason: Reason,
  minutes: z.number().int().min(1).max(FORCE_MINUTES_MAX).default(15),
});
export type ForceCircuitInput = z.input<typeof ForceCircuitInput>;

export const ReleaseCircuitInput = z.object({ ...BreakerRef, reason: Reason });
export const ProbeCircuitInput = ReleaseCircuitInput;

/** What an operator may tune, and how far. */
export const Tunable = z.object({
  failureThreshold: z.number().int().min(1).max(1_000),
  resetTimeoutMs: z.number().int().min(100).max(3_600_000),
  halfOpenSuccessCount: z.number().int().min(1).max(100),
  windowMs: z.number().int().min(1_000).max(3_600_000),
  failurePercent: z.number().int().min(1).max(100),
  answerTimeoutMs: z.number().int().min(10).max(600_000),
  /** The gateway makes one at most. */
  retriesMax: z.number().int().min(0).max(1),
});

/** What is not named stays; null is "as the gateway's environment says". */
export const TuneCircuitInput = z.object({
  ...BreakerRef,
  failureThreshold: Tunable.shape.failureThreshold.nullable().optional(),
  resetTimeoutMs: Tunable.shape.resetTimeoutMs.nullable().optional(),
  halfOpenSuccessCount: Tunable.shape.halfOpenSuccessCount.nullable().optional(),
  windowMs: Tunable.shape.windowMs.nullable().optional(),
  failurePercent: Tunable.shape.failurePercent.nullable().optional(),
  answerTimeoutMs: Tunable.shape.answerTimeoutMs.nullable().optional(),
  retriesMax: Tunable.shape.retriesMax.nullable().optional(),
  reason: Reason,
});
export type TuneCircuitInput = z.input<typeof TuneCircuitInput>;

/** What a shadow may be given: what the breaker judges by. The others act on calls, and a shadow never acts. */
const SHADOWED = {
  failureThreshold: Tunable.shape.failureThreshold.optional(),
  resetTimeoutMs: Tunable.shape.resetTimeoutMs.optional(),
  halfOpenSuccessCount: Tunable.shape.halfOpenSuccessCount.optional(),
  /** 0 is none: failures count in a row only. */
  windowMs: z.literal(0).or(Tunable.shape.windowMs).optional(),
  failurePercent: Tunable.shape.failurePercent.optional(),
};

export const StartShadowInput = z
  .object({ ...BreakerRef, ...SHADOWED, reason: Reason })
  .refine((input) => Object.keys(SHADOWED).some((setting) => input[setting as keyof typeof SHADOWED] !== undefined), {
    message: `A shadow takes at least one of ${Object.keys(SHADOWED).join(', ')}.`,
  });
export type StartShadowInput = z.input<typeof StartShadowInput>;

/** Of applying a shadow and of ending it. `sinceMs` is that of the shadow that was looked at: another may have taken its place. */
export const EndShadowInput = z.object({ ...BreakerRef, sinceMs: z.number().int().min(0), reason: Reason });
export type EndShadowInput = z.input<typeof EndShadowInput>;

export const RestoreCircuitInput = z.object({ ...BreakerRef, version: z.number().int().min(1), reason: Reason });
export type RestoreCircuitInput = z.input<typeof RestoreCircuitInput>;

export const CircuitInput = z.object(BreakerRef);
/** `id` is that of the audit entry. */
export const EffectInput = z.object({ ...BreakerRef, id: z.string().min(1).max(100) });

export interface CircuitForce {
  side: 'open' | 'closed';
  reason: string;
  by: string;
  sinceMs: number;
  untilMs: number;
}

export interface CircuitSettings {
  failureThreshold: number;
  resetTimeoutMs: number;
  halfOpenSuccessCount: number;
  /** 0 where failures count in a row only. */
  windowMs: number;
  failurePercent: number;
  /** Null where the breaker's owner does not tell. */
  answerTimeoutMs: number | null;
  retriesMax: number | null;
}

/** What is wanted of a breaker against the environment of its gateway; null where that holds. */
export type TunedSettings = { [setting in keyof CircuitSettings]: number | null };

/** A version of the configuration in which the settings of a breaker were not those of the version before. */
export interface SettingsVersion {
  version: number;
  atMs: number;
  actor: string;
  reason: string;
  settings: TunedSettings;
  /** They are wanted now. */
  isWanted: boolean;
}

/** Calls by how they really ended; unknown are those that were refused, or that told nothing of the service. */
export interface CallsByEnd {
  good: number;
  failing: number;
  unknown: number;
}

/** Other settings that decide beside a breaker and do not act. */
export interface CircuitShadow {
  /** What differs from the settings in force; a window of 0 is none. */
  settings: { [setting in keyof CircuitSettings]?: number };
  by: string;
  reason: string;
  sinceMs: number;
  /** From when it began, or from where its transitions are still kept, to now. */
  range: TimeRange;
  /** As each gateway says; only those that run it. */
  instances: {
    instance: string;
    state: 'closed' | 'open' | 'half_open';
    opened: number;
    refused: CallsByEnd;
    passed: CallsByEnd;
  }[];
  /** Of the shadow itself, newest first. */
  transitions: { tMs: number; instance: string; state: CircuitState; previousState: CircuitState; reason: string }[];
  /** What the breaker itself did meanwhile, newest first. */
  really: CircuitTransition[];
}

/** What operators decided about a breaker, and how far it is in force. */
export interface CircuitControl {
  /** Why nobody can operate it from here; empty when they can. */
  whyNot: string;
  version: number | null;
  /** As wanted. */
  forced: CircuitForce | null;
  /** Settings wanted against the environment's; null where the environment's hold. */
  tuned: TunedSettings;
  /** Since when other settings decide beside these without acting. */
  shadowSinceMs: number | null;
  instances: (Acknowledgement & {
    /** What the calls alone would make of it; null before the instance ever answered. */
    computed: 'closed' | 'open' | 'half_open' | null;
    settings: CircuitSettings | null;
  })[];
  audit: {
    id: string;
    atMs: number;
    actor: string;
    verb: string;
    input: Record<string, string | number | boolean | null>;
    /** It changed what callers get, so that there is a before and an after. */
    isActing: boolean;
  }[];
}

/** A stretch of whole minutes of the guarded service. */
export interface EffectSide extends TimeRange {
  requestsPerS: number | null;
  errorRatio: number | null;
  latencyMsP95: number | null;
}

/** How the guarded service fared in the half hour after a deed against the half hour before it. */
export interface DeedEffect {
  atMs: number;
  before: EffectSide;
  /** Shorter where it is not over yet, or where the next deed or the end of the force cut it off. */
  after: EffectSide;
  verdict: Verdict;
  /** Of both stretches together. */
  range: TimeRange;
  series: RedSeries;
}

/** What hangs on a breaker, as measured in the last minutes. */
export interface CircuitPreview {
  windowMs: number;
  /** Calls through it. */
  requestsPerS: number;
  /** Of the calls through it: failed or refused. */
  errorRatio: number | null;
  latencyMsP95: number | null;
  /** Of all that its owner passes on. */
  shareOfReporter: number | null;
  /** Who calls the owner of the breaker, and would feel it. */
  callers: { name: string; requestsPerS: number }[];
  /** Who calls the same service past this breaker, and would not. */
  others: { name: string; requestsPerS: number }[];
}
