import type { Alert as AlertRow, Notification, NotificationAlert } from '#prisma/generated/client.ts';
import { alertHref } from '#server/notify/alert-href.ts';
import { toDelivery } from '#server/notify/to-delivery.ts';
import type { MutesOf } from './read-mutes.ts';
import type { Alert } from './schema.ts';
import { toSeverity } from './severity.ts';

type Row = AlertRow & { notifications: (NotificationAlert & { notification: Notification })[] };

export function toAlert(row: Row, mutesOf: MutesOf): Alert {
  const labels = row.labels as Record<string, string>;
  const annotations = row.annotations as Record<string, string>;
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    rule: row.rule,
    state: row.state,
    severity: toSeverity(row.severity),
    labels,
    annotations,
    value: row.value,
    activeSinceMs: row.activeSince.getTime(),
    firedMs: row.firedAt?.getTime() ?? null,
    resolvedMs: row.resolvedAt?.getTime() ?? null,
    runbook: annotations.runbook ?? null,
    href: alertHref(labels),
    notifications: row.notifications.map(({ notification, event }) => ({ ...toDelivery(notification), event })),
    ...(row.state === 'resolved' ? { silencedBy: [], inhibitedBy: [] } : mutesOf(row.id, labels)),
    acknowledged: row.acknowledgedAt && {
      by: row.acknowledgedBy ?? '',
      note: row.acknowledgement ?? '',
      atMs: row.acknowledgedAt.getTime(),
    },
    generatorUrl: row.generatorUrl,
  };
}
