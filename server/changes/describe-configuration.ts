import type { WantedContent, WantedLimits, WantedRoute } from '#server/gateway/document.ts';
import { TIERS } from '#server/gateway/schema.ts';
import { describeSettings } from './describe-settings.ts';
import { seconds } from './seconds.ts';

/** One part of the gateway's configuration that differs between two versions. */
export interface ConfigurationChange {
  kind: 'breaker' | 'limit' | 'route';
  name: string;
  /** "300 in 60 s → 100 in 60 s" */
  text: string;
}

/** What was set anew, part by part. */
export function describeConfiguration(before: WantedContent, after: WantedContent): ConfigurationChange[] {
  return [
    ...describeSettings(before.breakers, after.breakers).map(({ breaker, text }) => ({
      kind: 'breaker' as const,
      name: breaker,
      text,
    })),
    ...describeLimits(before.limits, after.limits),
    ...describeRoutes(before.routes, after.routes),
  ];
}

function describeLimits(before: WantedLimits, after: WantedLimits): ConfigurationChange[] {
  return TIERS.map((name) => ({ name, from: limitText(before[name]), to: limitText(after[name]) }))
    .filter(({ from, to }) => from !== to)
    .map(({ name, from, to }) => ({ kind: 'limit', name, text: `${from} → ${to}` }));
}

function describeRoutes(before: WantedContent['routes'], after: WantedContent['routes']): ConfigurationChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .map((name) => ({ kind: 'route' as const, name, text: routeDifferences(before[name], after[name]).join(', ') }))
    .filter(({ text }) => text !== '');
}

function routeDifferences(before: WantedRoute = {}, after: WantedRoute = {}): string[] {
  return [
    before.upstream !== after.upstream && `service ${before.upstream ?? 'default'} → ${after.upstream ?? 'default'}`,
    before.cacheTtlMs !== after.cacheTtlMs &&
      `answers kept ${keptText(before.cacheTtlMs)} → ${keptText(after.cacheTtlMs)}`,
    !before.switchedOff && after.switchedOff && 'switched off',
    before.switchedOff && !after.switchedOff && 'switched on',
  ].filter((text) => typeof text === 'string');
}

function limitText(limit: WantedLimits['short']): string {
  return limit ? `${limit.quota} in ${seconds(limit.windowMs)}` : 'default';
}

function keptText(ms: number | undefined): string {
  if (ms === undefined) return 'default';
  return ms === 0 ? 'not at all' : seconds(ms);
}
