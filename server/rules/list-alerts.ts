import type { Ctx } from '#server/context.ts';
import { ListAlertsInput, type Alert } from './schema.ts';
import { toAlert } from './to-alert.ts';

/** More receipts than an alert of several channels has. */
const NOTIFICATIONS_MAX = 20;

/** Open alerts, firing before pending and the newest first; or those that resolved, the newest first. */
export async function listAlerts({ db }: Pick<Ctx, 'db'>, input: ListAlertsInput): Promise<Alert[]> {
  const { state, limit } = ListAlertsInput.parse(input);
  const rows = await db.alert.findMany({
    where: state === 'active' ? { openKey: { not: null } } : { state: 'resolved' },
    // The states are declared pending, firing, resolved.
    orderBy: state === 'active' ? [{ state: 'desc' }, { activeSince: 'desc' }] : [{ resolvedAt: 'desc' }],
    take: limit,
    include: { notifications: { orderBy: { createdAt: 'asc' }, take: NOTIFICATIONS_MAX } },
  });
  return rows.map(toAlert);
}
