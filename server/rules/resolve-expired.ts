import type { Db } from '#server/db.ts';
import { sendHint } from '#server/live/send-hint.ts';

const EXPIRED_MAX = 1_000;

/** Ends the alerts that another program pushed and no longer repeats; tells when the next would expire. */
export async function resolveExpired(tx: Db, now: Date): Promise<{ nextExpiryMs: number | null }> {
  const expired = await tx.alert.findMany({
    where: { openKey: { not: null }, expiresAt: { lte: now } },
    select: { id: true, rule: true, fingerprint: true, expiresAt: true },
    take: EXPIRED_MAX,
  });
  for (const alert of expired) await endPushed(tx, alert, alert.expiresAt ?? now, 'it was not sent again in time');
  const next = await tx.alert.findFirst({
    where: { openKey: { not: null }, expiresAt: { gt: now } },
    orderBy: { expiresAt: 'asc' },
    select: { expiresAt: true },
  });
  return { nextExpiryMs: next?.expiresAt?.getTime() ?? null };
}

export async function endPushed(
  tx: Db,
  { id, rule, fingerprint }: { id: string; rule: string; fingerprint: string },
  at: Date,
  reason: string,
): Promise<void> {
  await tx.alert.update({ where: { id }, data: { state: 'resolved', resolvedAt: at, openKey: null } });
  await tx.alertEvent.create({ data: { alertId: id, state: 'resolved', at, reason } });
  await sendHint(tx, { kind: 'alert', fingerprint, rule, state: 'resolved' });
}
