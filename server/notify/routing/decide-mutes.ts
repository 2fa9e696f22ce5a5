import { matchesAll, type Matcher } from '../matchers/matcher.ts';
import type { InhibitRule } from './route.ts';

export interface Muteable {
  id: string;
  labels: Record<string, string>;
}

export interface SilenceWindow {
  id: string;
  matchers: Matcher[];
  startsAtMs: number;
  endsAtMs: number;
}

export interface Mute {
  /** Ids of the silences in force. */
  silencedBy: string[];
  /** Ids of the alerts that fire and make it known already. */
  inhibitedBy: string[];
}

/** Why each of the firing alerts is told to nobody; one that is told has two empty lists. */
export function decideMutes(
  alerts: readonly Muteable[],
  silences: readonly SilenceWindow[],
  inhibitRules: readonly InhibitRule[],
  nowMs: number,
): Map<string, Mute> {
  const inForce = silences.filter(({ startsAtMs, endsAtMs }) => startsAtMs <= nowMs && nowMs < endsAtMs);
  const sources = inhibitRules.map((rule) => ({
    rule,
    alerts: alerts.filter(({ labels }) => matchesAll(rule.source, labels)),
  }));
  return new Map(
    alerts.map((alert) => {
      const silencedBy = inForce.filter(({ matchers }) => matchesAll(matchers, alert.labels)).map(({ id }) => id);
      const inhibitedBy = sources.flatMap(({ rule, alerts: from }) => inhibitorsOf(alert, rule, from));
      return [alert.id, { silencedBy, inhibitedBy: [...new Set(inhibitedBy)] }];
    }),
  );
}

function inhibitorsOf(target: Muteable, rule: InhibitRule, sources: readonly Muteable[]): string[] {
  if (!matchesAll(rule.target, target.labels)) return [];
  // As in Alertmanager: alerts on both sides of a rule do not silence each other, or none of them would be told.
  const isSource = matchesAll(rule.source, target.labels);
  return sources
    .filter(({ labels }) => !isSource || !matchesAll(rule.target, labels))
    .filter(
      ({ id, labels }) =>
        id !== target.id && rule.equal.every((name) => (labels[name] ?? '') === (target.labels[name] ?? '')),
    )
    .map(({ id }) => id);
}
