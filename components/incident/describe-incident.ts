import type { Incident, IncidentObjective } from '#server/incidents/schema.ts';
import { enumerate } from '#components/format/enumerate.ts';

/** Whom an incident concerned: "orders and payments". */
export function nameIncident({ services }: Pick<Incident, 'services'>): string {
  return enumerate(services) || 'No single service';
}

/** What was missed or raised, in words for people who operate nothing. */
export function describeIncident({ alerts, objectives }: Pick<Incident, 'alerts' | 'objectives'>): string {
  const sentences: string[] = [];
  if (alerts.length > 0)
    sentences.push(alerts.length === 1 ? 'A critical alert fired.' : `${alerts.length} critical alerts fired.`);
  for (const objective of objectives) sentences.push(describeMiss(objective));
  return sentences.join(' ');
}

function describeMiss({ service, kind, thresholdMs, target }: IncidentObjective): string {
  const share = `${Number((target * 100).toFixed(3))} %`;
  return kind === 'latency'
    ? `${service} answered fewer than ${share} of its requests within ${thresholdMs} ms.`
    : `${service} answered fewer than ${share} of its requests without an error.`;
}

/** The first incident of each UTC day that it touched, for one service: day to incident. */
export function incidentDays(incidents: readonly Incident[], service: string, nowMs: number): Map<number, Incident> {
  const DAY_MS = 86_400_000;
  const days = new Map<number, Incident>();
  for (const incident of incidents.toSorted((a, b) => a.startMs - b.startMs)) {
    if (!incident.services.includes(service)) continue;
    const lastMs = (incident.endMs ?? nowMs) - 1;
    for (let dayMs = Math.floor(incident.startMs / DAY_MS) * DAY_MS; dayMs <= lastMs; dayMs += DAY_MS)
      if (!days.has(dayMs)) days.set(dayMs, incident);
  }
  return days;
}
