import type { Ctx } from '#server/context.ts';
import type { TimeRange } from '#server/time/schema.ts';
import type { Notice } from './schema.ts';

/** Notifications that reached nobody, newest first. */
export async function listDeliveryNotices(
  { db }: Pick<Ctx, 'db'>,
  { range, limit }: { range: TimeRange; limit: number },
): Promise<Notice[]> {
  const rows = await db.notification.findMany({
    where: { status: 'failed', createdAt: { gte: new Date(range.fromMs), lt: new Date(range.toMs) } },
    orderBy: { createdAt: 'desc' },
    take: limit,
  });
  return rows.map(({ id, channel, event, content, reason, createdAt, finishedAt }) => ({
    id: `delivery-${id}`,
    tMs: (finishedAt ?? createdAt).getTime(),
    kind: 'delivery',
    severity: 'critical',
    title: `${channel} was not told: ${subjectOf(content, event)}`,
    detail: reason,
    href: '/alerts',
  }));
}

function subjectOf(content: unknown, event: 'firing' | 'resolved' | 'test'): string {
  if (event === 'test') return 'a test of the channel';
  // Safe because the pipeline alone writes it (notification-content.ts).
  const { alerts = [] } = content as { alerts?: { rule: string }[] };
  const rules = [...new Set(alerts.map(({ rule }) => rule))];
  const named = rules.slice(0, 2).join(', ') || 'an alert';
  const more = rules.length > 2 ? ` and ${rules.length - 2} more` : '';
  return `${named}${more} ${event === 'resolved' ? 'resolved' : 'fired'}`;
}
