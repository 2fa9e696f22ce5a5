import type { IncidentAlert } from '#server/incidents/schema.ts';

/** A rule that fired, rested and fired again within one incident is named once, with how often. */
export function foldAlerts(alerts: readonly IncidentAlert[]): { alert: IncidentAlert; times: number }[] {
  const kinds = new Map<string, { alert: IncidentAlert; times: number }>();
  for (const alert of alerts) {
    const same = `${alert.summary}\n${alert.href}`;
    const kind = kinds.get(same);
    if (kind) kind.times += 1;
    else kinds.set(same, { alert, times: 1 });
  }
  return [...kinds.values()];
}
