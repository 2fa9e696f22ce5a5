import { z } from 'zod';
import type { BreakerSettings } from '../breaker/decide.ts';
import type { WantedShadow } from '../breaker/shadows.ts';
import type { Limits } from '../limits/limit-table.ts';
import { pointRoute, ROUTES, UPSTREAMS, type Route } from '../proxy/routes.ts';

const TimeMs = z.number().int().min(0);
const BreakerName = z.string().min(1).max(200);
const By = z.string().min(1).max(200);
const Reason = z.string().min(1).max(500);

/** What the breaker itself judges by, and a shadow of it as well. */
const JUDGED = {
  failureThreshold: z.number().int().min(1).max(10_000).optional(),
  resetTimeoutMs: z.number().int().min(100).max(86_400_000).optional(),
  halfOpenSuccessCount: z.number().int().min(1).max(1_000).optional(),
  windowMs: z.number().int().min(1_000).max(3_600_000).optional(),
  failurePercent: z.number().int().min(1).max(100).optional(),
};

/** What is wanted of one breaker; a setting that is not named is that of the environment. */
export const BreakerConfiguration = z.strictObject({
  ...JUDGED,
  answerTimeoutMs: z.number().int().min(1).max(86_400_000).optional(),
  retriesMax: z.number().int().min(0).max(1).optional(),
  forced: z
    .strictObject({
      side: z.enum(['open', 'closed']),
      reason: Reason,
      by: By,
      sinceMs: TimeMs,
      untilMs: TimeMs,
    })
    .nullable()
    .default(null),
  /** Other settings that decide beside these and never act; what is not named is as in these, a window of 0 is none. */
  shadow: z
    .strictObject({
      ...JUDGED,
      windowMs: z.literal(0).or(JUDGED.windowMs),
      reason: Reason,
      by: By,
      sinceMs: TimeMs,
    })
    .optional(),
  /** Who changed it last and why, in words: the reason of the transition when it is released. */
  note: z.string().max(800).default(''),
});
export type BreakerConfiguration = z.infer<typeof BreakerConfiguration>;

const LimitConfiguration = z
  .strictObject({
    quota: z.number().int().min(1).max(1_000_000),
    windowMs: z.number().int().min(100).max(86_400_000),
  })
  .optional();

/** What is wanted of the limits; a tier that is not named is that of the environment. */
const LimitsConfiguration = z.strictObject({
  short: LimitConfiguration,
  medium: LimitConfiguration,
  long: LimitConfiguration,
  login: LimitConfiguration,
});

/** What is wanted of one route; what is not named is as the code says. */
const RouteConfiguration = z.strictObject({
  upstream: z.enum(UPSTREAMS).optional(),
  cacheTtlMs: z.number().int().min(0).max(86_400_000).optional(),
  switchedOff: z.strictObject({ by: By, reason: Reason, sinceMs: TimeMs }).optional(),
});

/** All that the console wants of a gateway. Strict: a wish that we do not understand is refused and not passed over in silence. */
export const Configuration = z.strictObject({
  version: z.number().int().min(1),
  /** Orders configurations, also those of a control database that was begun anew. */
  issuedMs: TimeMs,
  breakers: z.record(BreakerName, BreakerConfiguration),
  // What was kept on disk before they could be changed does not name them.
  limits: LimitsConfiguration.optional(),
  routes: z.partialRecord(z.enum(ROUTES.map(({ segment }) => segment)), RouteConfiguration).optional(),
});
export type Configuration = z.infer<typeof Configuration>;

export const ProbeInput = z.strictObject({
  by: By,
  reason: Reason,
});

/** The settings in force: what is wanted, over what the environment says. */
export function settingsOf(wanted: Partial<BreakerSettings> | undefined, defaults: BreakerSettings): BreakerSettings {
  return {
    failureThreshold: wanted?.failureThreshold ?? defaults.failureThreshold,
    resetTimeoutMs: wanted?.resetTimeoutMs ?? defaults.resetTimeoutMs,
    halfOpenSuccessCount: wanted?.halfOpenSuccessCount ?? defaults.halfOpenSuccessCount,
    windowMs: wanted?.windowMs ?? defaults.windowMs,
    failurePercent: wanted?.failurePercent ?? defaults.failurePercent,
    answerTimeoutMs: wanted?.answerTimeoutMs ?? defaults.answerTimeoutMs,
    retriesMax: wanted?.retriesMax ?? defaults.retriesMax,
  };
}

/** What the shadow that is wanted of a breaker would have in force; null where none is. */
export function shadowOf(wanted: BreakerConfiguration | undefined, defaults: BreakerSettings): WantedShadow | null {
  if (!wanted?.shadow) return null;
  const { reason: _reason, by: _by, sinceMs, ...judged } = wanted.shadow;
  return { sinceMs, settings: settingsOf(judged, settingsOf(wanted, defaults)) };
}

/** The limits in force: what is wanted, over what the environment says. */
export function limitsInForce(wanted: Configuration['limits'], { tiers, login }: Limits): Limits {
  const of = (tier: Limits['login']) => ({ ...tier, ...wanted?.[tier.name as keyof typeof wanted] });
  return { tiers: tiers.map(of), login: of(login) };
}

/** The routes in force: what is wanted, over what the code says. */
export function routesInForce(wanted: Configuration['routes'], routes: readonly Route[]): Route[] {
  return routes.map((route) => {
    const {
      upstream = route.upstream,
      cacheTtlMs = route.cacheTtlMs,
      switchedOff = null,
    } = wanted?.[route.segment] ?? {};
    return { ...pointRoute(route, upstream), cacheTtlMs, switchedOff };
  });
}
