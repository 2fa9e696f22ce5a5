import type { NotifiedAlert } from '../notification-content.ts';

/** Which thing an alert is about: the labels that name one, from the most particular. */
export function whereOf({ name, service, check, job, instance }: Record<string, string>): string {
  if (check) return check;
  if (name && service) return `${service} → ${name}`;
  return service ?? job ?? instance ?? '';
}

/** The address of an alert's runbook: of ours by name, or elsewhere if that is an address; null without one. */
export function runbookHref({ runbook, runbook_url: url }: Record<string, string>, publicUrl: string): string | null {
  if (runbook) return `${publicUrl}/runbooks/${encodeURIComponent(runbook)}`;
  return url && /^https?:\/\//.test(url) ? url : null;
}

/** `2 firing, 1 resolved`. */
export function countsOf(alerts: readonly Pick<NotifiedAlert, 'status'>[], truncatedAlerts: number): string {
  const firing = alerts.filter(({ status }) => status === 'firing').length;
  const parts = [
    [firing, 'firing'],
    [alerts.length - firing, 'resolved'],
    [truncatedAlerts, 'more'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** How long it lasted, in the two largest units. */
export function lasted({ activeSinceMs, firedMs, resolvedMs }: NotifiedAlert): string | null {
  if (resolvedMs === null) return null;
  const s = Math.max(Math.round((resolvedMs - (firedMs ?? activeSinceMs)) / 1_000), 0);
  if (s < 60) return `${s} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3_600)} h ${Math.floor((s % 3_600) / 60)} min`;
}

export function formatValue(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** Shortens to `max` characters without leaving half of a pair or of an escape. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/&[a-z]{0,3}$|[\uD800-\uDBFF]$/, '')}…`;
}
