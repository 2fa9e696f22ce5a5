import type { Db } from '#server/db.ts';

const DAY_MS = 86_400_000;
const KEEP_DAYS = {
  alerts: 30,
  notifications: 30,
  silences: 30,
  shares: 30,
  runs: 30,
  violations: 30,
  exercises: 90,
  deploys: 400,
  audit: 400,
} as const;

/** Deletes what is past its time, so that the control database does not grow for ever. Open alerts and violations stay. */
export async function pruneControl(db: Db, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await db.alert.deleteMany({ where: { resolvedAt: { lt: before(KEEP_DAYS.alerts) } } });
  await db.notification.deleteMany({ where: { createdAt: { lt: before(KEEP_DAYS.notifications) } } });
  await db.silence.deleteMany({ where: { endsAt: { lt: before(KEEP_DAYS.silences) } } });
  await db.healthShare.deleteMany({ where: { expiresAt: { lt: before(KEEP_DAYS.shares) } } });
  await db.checkRun.deleteMany({ where: { startedAt: { lt: before(KEEP_DAYS.runs) } } });
  await db.violation.deleteMany({ where: { resolvedAt: { lt: before(KEEP_DAYS.violations) } } });
  const past = { endedAt: { lt: before(KEEP_DAYS.exercises) } };
  await db.loadTest.deleteMany({ where: past });
  // What still has to be taken out of a service is never forgotten.
  await db.drill.deleteMany({ where: { ...past, OR: [{ faultAt: null }, { faultRemovedAt: { not: null } }] } });
  await db.deploy.deleteMany({ where: { at: { lt: before(KEEP_DAYS.deploys) } } });
  await db.auditEntry.deleteMany({ where: { at: { lt: before(KEEP_DAYS.audit) } } });
}
