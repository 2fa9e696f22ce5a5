import type { Incident, IncidentAlert, IncidentObjective } from './schema.ts';

export const HOUR_MS = 3_600_000;
/** Alerts that follow each other closer than this belong to one incident: the matter was not over yet. */
const CALM_MS = 5 * 60_000;

export interface FiredAlert extends IncidentAlert {
  service: string | null;
  firedMs: number;
  resolvedMs: number | null;
  acknowledgedMs: number | null;
}

/** An hour in which a service kept less than it promised. */
export interface MissedHour extends IncidentObjective {
  hourMs: number;
}

/**
 * What was stored as spans of time, newest first. Alerts say to the second when they fired, objectives are measured by the hour:
 * an hour within or around an alert of the same service adds to that incident without changing its times, others are incidents of their own.
 */
export function gatherIncidents(
  alerts: readonly FiredAlert[],
  hours: readonly MissedHour[],
  nowMs: number,
): Incident[] {
  const incidents: Incident[] = [];
  for (const alert of alerts.toSorted((a, b) => a.firedMs - b.firedMs)) {
    const last = incidents.at(-1);
    if (last && alert.firedMs <= endOf(last) + CALM_MS) join(last, alert);
    else incidents.push(begin(alert));
  }
  const fromAlerts = [...incidents];
  for (const hour of hours.toSorted((a, b) => a.hourMs - b.hourMs)) {
    const isOwn = ({ services, startMs }: Incident) =>
      services.includes(hour.service) && startMs < hour.hourMs + HOUR_MS;
    const explained = fromAlerts.find((each) => isOwn(each) && endOf(each) > hour.hourMs);
    const endMs = hour.hourMs + HOUR_MS > nowMs ? null : hour.hourMs + HOUR_MS;
    if (explained) {
      addObjective(explained, hour);
      continue;
    }
    const running = incidents.findLast(
      (each) => !fromAlerts.includes(each) && isOwn(each) && endOf(each) >= hour.hourMs,
    );
    if (!running) {
      const { service, hourMs } = hour;
      const made = {
        id: `${service}-${hourMs}`,
        startMs: hourMs,
        endMs,
        acknowledgedMs: null,
        services: [service],
        alerts: [],
        objectives: [],
      };
      incidents.push(made);
      addObjective(made, hour);
    } else {
      running.endMs = endMs;
      addObjective(running, hour);
    }
  }
  return incidents.toSorted((a, b) => b.startMs - a.startMs);
}

function endOf({ endMs }: Incident): number {
  return endMs ?? Infinity;
}

function begin(alert: FiredAlert): Incident {
  const { id, firedMs, resolvedMs, acknowledgedMs, service } = alert;
  const services = service === null ? [] : [service];
  return { id, startMs: firedMs, endMs: resolvedMs, acknowledgedMs, services, alerts: [toLink(alert)], objectives: [] };
}

function join(incident: Incident, alert: FiredAlert): void {
  incident.alerts.push(toLink(alert));
  const acknowledged = Math.min(incident.acknowledgedMs ?? Infinity, alert.acknowledgedMs ?? Infinity);
  incident.acknowledgedMs = acknowledged === Infinity ? null : acknowledged;
  if (alert.service !== null && !incident.services.includes(alert.service)) {
    incident.services = [...incident.services, alert.service].toSorted();
  }
  const endMs = Math.max(endOf(incident), alert.resolvedMs ?? Infinity);
  incident.endMs = endMs === Infinity ? null : endMs;
}

function toLink({ id, rule, summary, href }: FiredAlert): IncidentAlert {
  return { id, rule, summary, href };
}

function addObjective(incident: Incident, { service, kind, thresholdMs, target }: MissedHour): void {
  const isKnown = incident.objectives.some(
    (each) =>
      each.service === service && each.kind === kind && each.thresholdMs === thresholdMs && each.target === target,
  );
  if (!isKnown) incident.objectives.push({ service, kind, thresholdMs, target });
}
