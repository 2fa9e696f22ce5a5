import type { Alert } from '#server/rules/schema.ts';

/** What the rule's author wrote, or the rule and its labels where nothing was written. */
export function alertSummary(alert: Pick<Alert, 'annotations' | 'rule' | 'labels'>): string {
  const written = alert.annotations['summary']?.trim();
  if (written) return written;
  const labels = Object.entries(alert.labels).filter(([name]) => name !== 'alertname' && name !== 'severity');
  return labels.length === 0 ? alert.rule : `${alert.rule}: ${labels.map(([, value]) => value).join(', ')}`;
}
