import { z } from 'zod';
import { TIERS } from './schema.ts';

const Setting = z.number().int().min(1).optional();

/** What a breaker itself judges by. */
const JUDGED = {
  failureThreshold: Setting,
  resetTimeoutMs: Setting,
  halfOpenSuccessCount: Setting,
  windowMs: Setting,
  failurePercent: Setting,
};

/** And how its calls are made. */
const JUDGED_AND_MADE = {
  ...JUDGED,
  answerTimeoutMs: Setting,
  retriesMax: z.number().int().min(0).optional(),
};

/** What is wanted of one breaker, in the words of the gateway's admin port. */
export const WantedBreaker = z.object({
  ...JUDGED_AND_MADE,
  forced: z
    .object({
      side: z.enum(['open', 'closed']),
      reason: z.string(),
      by: z.string(),
      sinceMs: z.number(),
      untilMs: z.number(),
    })
    .nullable()
    .default(null),
  // Left out where there is none: a gateway from before there were shadows refuses what it does not know.
  shadow: z
    .object({
      ...JUDGED,
      /** 0 is none. */
      windowMs: z.number().int().min(0).optional(),
      reason: z.string(),
      by: z.string(),
      sinceMs: z.number(),
    })
    .optional(),
  note: z.string().default(''),
});
export type WantedBreaker = z.infer<typeof WantedBreaker>;

export const WantedBreakers = z.record(z.string(), WantedBreaker);
export type WantedBreakers = z.infer<typeof WantedBreakers>;

/** A limit that is not named is that of the gateway's environment. */
export const WantedLimits = z.partialRecord(
  z.enum(TIERS),
  z.object({ quota: z.number().int().min(1), windowMs: z.number().int().min(1) }),
);
export type WantedLimits = z.infer<typeof WantedLimits>;

const SwitchedOff = z.object({ by: z.string(), reason: z.string(), sinceMs: z.number() });

/** What is wanted of one route, by its segment below /api; what is not named is as the gateway's code says. */
export const WantedRoute = z.object({
  upstream: z.string().optional(),
  cacheTtlMs: z.number().int().min(0).optional(),
  switchedOff: SwitchedOff.optional(),
});
export type WantedRoute = z.infer<typeof WantedRoute>;

export const WantedRoutes = z.record(z.string(), WantedRoute);
export type WantedRoutes = z.infer<typeof WantedRoutes>;

/** All that is wanted of the gateways. */
export interface WantedContent {
  breakers: WantedBreakers;
  limits: WantedLimits;
  routes: WantedRoutes;
}

/** A version of it. */
export interface GatewayDocument extends WantedContent {
  version: number;
  issuedMs: number;
}

const Count = z.number();
const CallsByEnd = z.object({ good: Count, failing: Count, unknown: Count });
const TimeText = z.iso.datetime().transform((text) => Date.parse(text));

const LimitTier = z.object({ name: z.string(), quota: z.number(), windowMs: z.number() });
const Limits = z.object({
  /** Each counts every request of a client. */
  tiers: z.array(LimitTier).max(8),
  /** Counts tries to log in, by client and account. */
  login: LimitTier,
});
export const HeldLimits = Limits.extend({
  /** All gateways count together. */
  isShared: z.boolean(),
});
export type HeldLimits = z.infer<typeof HeldLimits>;

export const HeldRoute = z.object({
  segment: z.string(),
  upstream: z.string(),
  cacheTtlMs: z.number(),
  switchedOff: SwitchedOff.nullable(),
});
export type HeldRoute = z.infer<typeof HeldRoute>;

/** What a gateway says that it holds and does. */
export const HeldConfiguration = z.object({
  instance: z.string(),
  version: z.number(),
  issuedMs: z.number(),
  // A gateway from before they could be replayed does not tell them.
  limits: HeldLimits.nullable().default(null),
  // Neither does one from before they could be changed.
  routes: z.array(HeldRoute).default([]),
  upstreams: z.array(z.string()).default([]),
  /** What would be in force if nothing were wanted. */
  environment: z
    .object({ breakers: z.object(JUDGED_AND_MADE), limits: Limits, routes: z.array(HeldRoute) })
    .nullable()
    .default(null),
  circuits: z.array(
    z.object({
      service: z.string(),
      state: z.enum(['closed', 'open', 'half_open', 'forced_open', 'forced_closed']),
      computed: z.enum(['closed', 'open', 'half_open']),
      threshold: z.number(),
      resetTimeoutMs: z.number(),
      halfOpenSuccessCount: z.number(),
      // A gateway from before these could be tuned does not tell them.
      windowMs: z.number().default(0),
      failurePercent: z.number().default(50),
      answerTimeoutMs: z.number().nullable().default(null),
      retriesMax: z.number().nullable().default(null),
      forced: z.enum(['open', 'closed']).nullable(),
      forcedUntil: TimeText.nullable(),
      forcedReason: z.string().nullable(),
      forcedBy: z.string().nullable(),
      shadow: z
        .object({
          sinceMs: z.number(),
          state: z.enum(['closed', 'open', 'half_open']),
          opened: Count,
          refused: CallsByEnd,
          passed: CallsByEnd,
        })
        .nullable()
        .default(null),
    }),
  ),
});
export type HeldConfiguration = z.infer<typeof HeldConfiguration>;
