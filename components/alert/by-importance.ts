import type { Alert } from '#server/rules/schema.ts';

const STATES = ['firing', 'pending', 'resolved', 'inactive'];
const SEVERITIES = ['critical', 'warning', 'info'];

/** Firing before pending, critical before the rest, then the newest first. */
export function byImportance(a: Alert, b: Alert): number {
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.activeSinceMs - a.activeSinceMs
  );
}
