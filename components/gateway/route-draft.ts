import type { RouteInForce } from '#server/gateway/schema.ts';
import { describeKept } from './describe-gateway.ts';

export interface RouteDraft {
  upstream: string;
  isOn: boolean;
  keptS: string;
}

export const KEPT_S_MAX = 86_400;

export function draftOfRoute({ upstream, switchedOff, cacheTtlMs }: RouteInForce): RouteDraft {
  return { upstream, isOn: switchedOff === null, keptS: String(cacheTtlMs / 1_000) };
}

/** What a draft would change of a route: what to ask for, and the same in words; null is "as started". */
export function readRouteDraft(route: RouteInForce, { upstream, isOn, keptS }: RouteDraft) {
  const seconds = Number(keptS);
  const isKept = keptS.trim() !== '' && Number.isFinite(seconds);
  const cacheTtlMs = isKept ? Math.round(Math.min(KEPT_S_MAX, Math.max(0, seconds)) * 1_000) : route.cacheTtlMs;
  const wasOn = route.switchedOff === null;
  const wish = {
    ...(upstream !== route.upstream && { upstream: upstream === route.environment.upstream ? null : upstream }),
    ...(cacheTtlMs !== route.cacheTtlMs && {
      cacheTtlMs: cacheTtlMs === route.environment.cacheTtlMs ? null : cacheTtlMs,
    }),
    ...(isOn !== wasOn && { isOn }),
  };
  const words = [
    isOn !== wasOn &&
      (isOn ? 'Requests are let in again.' : 'Every request is answered 503, with your name and the reason.'),
    upstream !== route.upstream &&
      `${upstream} is asked for /${route.segment} instead of ${route.upstream}; it answers 404 where it does not know the path.`,
    cacheTtlMs !== route.cacheTtlMs &&
      `Answers are kept: ${describeKept(route.cacheTtlMs)} → ${describeKept(cacheTtlMs)}.`,
  ].filter((text) => typeof text === 'string');
  return { wish, words };
}
