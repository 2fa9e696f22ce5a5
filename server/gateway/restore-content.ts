import { tunedOf, withSettings } from '#server/circuits/settings.ts';
import type { WantedContent, WantedRoute } from './document.ts';

/**
 * What is wanted now with the limits, routes and breaker settings of an earlier version. Forces and shadows that hold now stay: they were
 * decided for a time and end by themselves. `off` says who switches a route off that was off then and is not now.
 */
export function restoreContent(
  now: WantedContent,
  then: WantedContent,
  off: NonNullable<WantedRoute['switchedOff']>,
): WantedContent {
  const names = [...new Set([...Object.keys(now.breakers), ...Object.keys(then.breakers)])];
  return {
    breakers: Object.fromEntries(
      names.map((name) => [
        name,
        withSettings(now.breakers[name] ?? { forced: null, note: '' }, tunedOf(then.breakers[name])),
      ]),
    ),
    limits: then.limits,
    routes: Object.fromEntries(
      Object.entries(then.routes).map(([segment, route]) => [
        segment,
        route.switchedOff ? { ...route, switchedOff: now.routes[segment]?.switchedOff ?? off } : route,
      ]),
    ),
  };
}
