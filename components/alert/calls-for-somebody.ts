import type { Alert } from '#server/rules/schema.ts';

/** Fires, and is neither silenced nor known already by another alert: what a mark of the navigation or a headline counts. */
export function callsForSomebody(alert: Pick<Alert, 'state' | 'silencedBy' | 'inhibitedBy'>): boolean {
  return alert.state === 'firing' && alert.silencedBy.length === 0 && alert.inhibitedBy.length === 0;
}
