import type { Change, Severity } from '#server/changes/schema.ts';
import type { Ctx } from '#server/context.ts';
import { alertHref } from '#server/notify/alert-href.ts';
import type { TimeRange } from '#server/time/schema.ts';

/** Alerts that fired or resolved in the window, newest first. */
export async function listChanges(
  { db }: Pick<Ctx, 'db'>,
  { range, limit }: { range: TimeRange; limit: number },
): Promise<Change[]> {
  const events = await db.alertEvent.findMany({
    where: { at: { gte: new Date(range.fromMs), lt: new Date(range.toMs) }, state: { in: ['firing', 'resolved'] } },
    orderBy: { at: 'desc' },
    take: limit,
    include: { alert: { select: { rule: true, severity: true, labels: true, annotations: true } } },
  });
  return events.map(({ id, at, state, reason, alert }) => {
    const annotations = alert.annotations as Record<string, string>;
    return {
      id: `alert-${id}`,
      tMs: at.getTime(),
      kind: 'alert',
      severity: state === 'resolved' ? 'ok' : (alert.severity as Severity),
      title: state === 'resolved' ? `${alert.rule} resolved` : `${alert.rule} fired`,
      detail: annotations.summary ?? reason,
      href: alertHref(alert.labels as Record<string, string>),
    };
  });
}
