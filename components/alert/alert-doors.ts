import type { Alert } from '#server/rules/schema.ts';

/** Wide enough to see the calm before; the alert's own moment lies inside. */
const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 10 * 60_000;

export interface Door {
  label: string;
  href: string;
}

/** Where an alert leads: its circuit or service or check, the service's charts at that time, its runbook. */
export function alertDoors(alert: Pick<Alert, 'href' | 'runbook' | 'labels' | 'activeSinceMs' | 'resolvedMs'>): Door[] {
  const doors: Door[] = [{ label: placeName(alert.href), href: alert.href }];
  const service = chartedService(alert);
  if (service) {
    const fromMs = alert.activeSinceMs - BEFORE_MS;
    const toMs = (alert.resolvedMs ?? alert.activeSinceMs) + AFTER_MS;
    doors.push({
      label: 'Charts at that time',
      href: `/services/${encodeURIComponent(service)}?from=${fromMs}&to=${toMs}`,
    });
  }
  if (alert.runbook) doors.push({ label: 'Runbook', href: `/runbooks/${alert.runbook}` });
  return doors;
}

/** The service whose charts show the matter: the called one for a breaker, else the one that the labels name. */
function chartedService({ href, labels }: Pick<Alert, 'href' | 'labels'>): string | undefined {
  const onPage = /^\/services\/([^?/]+)/.exec(href)?.[1];
  if (onPage) return decodeURIComponent(onPage);
  if (href.startsWith('/circuits')) return labels['name'] ?? labels['service'];
  return labels['service'] ?? labels['job'];
}

function placeName(href: string): string {
  if (href.startsWith('/circuits')) return 'Circuit';
  if (href.startsWith('/services')) return 'Service';
  if (href.startsWith('/integrity')) return 'Check';
  if (href.startsWith('/dead-letters')) return 'Dead letters';
  if (href.startsWith('/traces')) return 'Traces';
  return 'Open';
}
