import type { AlertHistory } from './schema.ts';

const DAY_MS = 86_400_000;

export interface PastEpisode {
  rule: string;
  severity: AlertHistory['severity'];
  firedMs: number;
  /** Null while it fires. */
  resolvedMs: number | null;
}

/** How often and how long each rule fired in the last `days`; what began before counts with its part within. The most frequent first. */
export function summariseHistory(episodes: readonly PastEpisode[], days: number, nowMs: number): AlertHistory[] {
  const fromMs = nowMs - days * DAY_MS;
  const rules = new Map<string, AlertHistory>();
  for (const { rule, severity, firedMs, resolvedMs } of episodes) {
    const endMs = Math.min(resolvedMs ?? nowMs, nowMs);
    if (endMs <= fromMs && resolvedMs !== null) continue;
    const known = rules.get(rule) ?? {
      rule,
      severity,
      count: 0,
      firingMs: 0,
      longestMs: 0,
      lastFiredMs: 0,
      perDay: Array<number>(days).fill(0),
    };
    const withinMs = Math.max(endMs - Math.max(firedMs, fromMs), 0);
    known.count += 1;
    known.firingMs += withinMs;
    known.longestMs = Math.max(known.longestMs, withinMs);
    known.lastFiredMs = Math.max(known.lastFiredMs, firedMs);
    const day = Math.min(Math.max(Math.floor((firedMs - fromMs) / DAY_MS), 0), days - 1);
    known.perDay[day]! += 1;
    rules.set(rule, known);
  }
  return [...rules.values()].toSorted(
    (a, b) => b.count - a.count || b.firingMs - a.firingMs || a.rule.localeCompare(b.rule),
  );
}
