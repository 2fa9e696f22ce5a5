import type { SloKind } from '#server/slos/schema.ts';

export interface IncidentAlert {
  id: string;
  rule: string;
  summary: string;
  /** Where in the console the matter is shown. */
  href: string;
}

/** A promise that was being missed. */
export interface IncidentObjective {
  service: string;
  kind: SloKind;
  thresholdMs: number;
  target: number;
}

/** A span of time in which a critical alert fired or an objective was being missed. */
export interface Incident {
  /** The same as long as the incident is told: what it began with. */
  id: string;
  startMs: number;
  /** Null while it goes on. */
  endMs: number | null;
  /** When somebody first said that they are on one of its alerts. */
  acknowledgedMs: number | null;
  /** By name; none when the alerts name no service. */
  services: string[];
  alerts: IncidentAlert[];
  objectives: IncidentObjective[];
}

export interface IncidentReport {
  atMs: number;
  /** The stretch that was looked at: as long as alerts are kept. */
  sinceMs: number;
  /** Newest first. */
  incidents: Incident[];
}
