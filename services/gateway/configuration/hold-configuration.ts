import type { Log } from '#services/kit/log.ts';
import type { Breaker, Forced } from '../breaker/breaker.ts';
import { answerCircuit, type CircuitAnswer } from '../breaker/circuits-answer.ts';
import type { BreakerSettings } from '../breaker/decide.ts';
import { answerShadow, type ShadowAnswer } from '../breaker/shadow-answer.ts';
import type { Shadows } from '../breaker/shadows.ts';
import type { Limits, LimitTable } from '../limits/limit-table.ts';
import type { RouteTable } from '../proxy/route-table.ts';
import { UPSTREAMS, type Route, type Upstream } from '../proxy/routes.ts';
import {
  limitsInForce,
  routesInForce,
  settingsOf,
  shadowOf,
  type BreakerConfiguration,
  type Configuration,
} from './configuration.ts';
import type { KeptFile } from './kept-file.ts';

/** How late a force may end; calls end it on time by themselves. */
const EXPIRY_STEP_MS = 200;

export interface HeldConfiguration {
  instance: string;
  /** 0 before the first. */
  version: number;
  issuedMs: number;
  /** In force, as the circuits and routes are. */
  limits: HeldLimits;
  routes: HeldRoute[];
  circuits: (CircuitAnswer & { shadow: ShadowAnswer | null })[];
  /** What holds where nothing is wanted. */
  environment: { breakers: BreakerSettings; limits: Limits; routes: HeldRoute[] };
  /** Where a route may lead. */
  upstreams: readonly Upstream[];
}

export interface HeldLimits extends Limits {
  /** All gateways count together. */
  isShared: boolean;
}

export type HeldRoute = Pick<Route, 'segment' | 'upstream' | 'cacheTtlMs' | 'switchedOff'>;

export interface ConfigurationHolder {
  /** `stale`: a newer one is held, and stays. */
  apply: (configuration: Configuration) => 'applied' | 'stale';
  read: () => HeldConfiguration;
  stop: () => void;
}

export interface HolderOptions {
  instance: string;
  breakers: ReadonlyMap<string, Breaker>;
  shadows: Shadows;
  limits: LimitTable;
  /** All gateways count together. */
  isShared: boolean;
  routes: RouteTable;
  /** Drops the answers that are kept of a route. */
  forget: (segment: string) => void;
  /** What holds where nothing is wanted of a breaker. */
  defaults: BreakerSettings;
  /** Null where nothing is kept. */
  file: KeptFile<Configuration> | null;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
  now: () => number;
}

/** Holds what the console wants of this gateway and keeps breakers, limits and routes to it, with or without the console. */
export function holdConfiguration({
  instance,
  breakers,
  shadows,
  limits,
  isShared,
  routes,
  forget,
  defaults,
  file,
  log,
  now,
}: HolderOptions): ConfigurationHolder {
  let held: Configuration | null = null;
  const environment = { breakers: defaults, limits: limits.inForce, routes: routes.routes };

  const put = (configuration: Configuration) => {
    held = configuration;
    for (const [name, breaker] of breakers) {
      const wanted = configuration.breakers[name];
      setBreaker(breaker, wanted, defaults, now());
      shadows.want(name, shadowOf(wanted, defaults));
    }
    limits.replace(limitsInForce(configuration.limits, environment.limits));
    const before = routes.routes;
    routes.replace(routesInForce(configuration.routes, environment.routes));
    // While nothing is kept nobody drops what a change makes untrue.
    for (const { segment, cacheTtlMs } of routes.routes)
      if (cacheTtlMs === 0 && before.some((route) => route.segment === segment && route.cacheTtlMs > 0))
        forget(segment);
  };
  try {
    const kept = file?.read() ?? null;
    if (kept) {
      put(kept);
      log.info({ version: kept.version }, 'took up the last known configuration');
    }
  } catch (error) {
    log.error({ err: error }, 'starting without the last known configuration');
  }
  const expiry = setInterval(() => {
    for (const breaker of breakers.values()) breaker.releaseExpired();
  }, EXPIRY_STEP_MS).unref();

  return {
    apply: (configuration) => {
      if (held && configuration.issuedMs < held.issuedMs) return 'stale';
      const isNew = configuration.issuedMs !== held?.issuedMs;
      put(configuration);
      if (isNew) keep(file, configuration, log);
      if (isNew) log.info({ version: configuration.version }, 'applied a configuration');
      return 'applied';
    },
    read: () => ({
      instance,
      version: held?.version ?? 0,
      issuedMs: held?.issuedMs ?? 0,
      limits: { ...limits.inForce, isShared },
      routes: routes.routes.map(toHeld),
      circuits: Array.from(breakers.values(), (breaker) => ({
        ...answerCircuit(breaker),
        shadow: answerShadow(shadows.get(breaker.name)),
      })),
      environment: { ...environment, routes: environment.routes.map(toHeld) },
      upstreams: UPSTREAMS,
    }),
    stop: () => clearInterval(expiry),
  };
}

function toHeld({ segment, upstream, cacheTtlMs, switchedOff }: Route): HeldRoute {
  return { segment, upstream, cacheTtlMs, switchedOff };
}

function setBreaker(
  breaker: Breaker,
  wanted: BreakerConfiguration | undefined,
  defaults: BreakerSettings,
  nowMs: number,
): void {
  breaker.tune(settingsOf(wanted, defaults));
  const forced = wanted?.forced ?? null;
  if (forced && forced.untilMs > nowMs) {
    breaker.force(forced, describeForce(forced));
    return;
  }
  breaker.releaseExpired();
  breaker.force(null, wanted?.note || 'released');
}

function describeForce({ side, by, reason, sinceMs, untilMs }: Forced): string {
  const minutes = Math.max(1, Math.round((untilMs - sinceMs) / 60_000));
  return `forced ${side} by ${by} for ${minutes} min: ${reason}`;
}

/** A full disk must not keep an operator from acting: what is in force is in force. */
function keep(file: KeptFile<Configuration> | null, configuration: Configuration, log: HolderOptions['log']): void {
  try {
    file?.write(configuration);
  } catch (error) {
    log.error({ err: error }, 'the configuration is in force, but could not be kept for the next start');
  }
}
