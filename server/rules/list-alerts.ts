import type { Ctx } from '#server/context.ts';
import { readMutes } from './read-mutes.ts';
import { ListAlertsInput, type Alert } from './schema.ts';
import { toAlert } from './to-alert.ts';

/** More receipts than an alert of several channels has. */
const NOTIFICATIONS_MAX = 20;

/** Open alerts, firing before pending and the newest first; or those that resolved, the newest first. */
export async function listAlerts(ctx: Pick<Ctx, 'db' | 'config' | 'now'>, input: ListAlertsInput): Promise<Alert[]> {
  const { state, limit } = ListAlertsInput.parse(input);
  const reading = ctx.db.alert.findMany({
    where: state === 'active' ? { openKey: { not: null } } : { state: 'resolved' },
    // The states are declared pending, firing, resolved.
    orderBy: state === 'active' ? [{ state: 'desc' }, { activeSince: 'desc' }] : [{ resolvedAt: 'desc' }],
    take: limit,
    include: {
      notifications: { include: { notification: true }, orderBy: { notificationId: 'asc' }, take: NOTIFICATIONS_MAX },
    },
  });
  const [rows, mutesOf] = await Promise.all([reading, readMutes(ctx)]);
  return rows.map((row) => toAlert(row, mutesOf));
}
