import { Prisma, type CheckRun as CheckRunRow } from '#prisma/generated/client.ts';
import type { Db } from '#server/db.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { KEYS_MAX, type CheckOutcome } from './execute-check.ts';

export interface RunRecord {
  check: string;
  trigger: 'schedule' | 'manual' | 'start';
  startedAt: Date;
  durationMs: number;
  outcome: CheckOutcome;
}

/** Keeps a run, and what it makes of the check's violations: new, still there, or gone. A run that failed says nothing about them. */
export async function recordRun(
  tx: Db,
  { check, trigger, startedAt, durationMs, outcome }: RunRecord,
): Promise<CheckRunRow> {
  // Two runs of a check may end at once; the later answer must not be overwritten by the earlier.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`switchyard check ${check}`}, 0))`;
  const base = { check, trigger, startedAt, durationMs, status: outcome.status };
  const newViolations = outcome.status === 'failed' ? 0 : await updateViolations(tx, check, startedAt, outcome);
  const run = await tx.checkRun.create({
    data:
      outcome.status === 'failed'
        ? { ...base, violations: 0, newViolations, error: outcome.error }
        : { ...base, violations: outcome.total, newViolations, error: null },
  });
  await sendHint(tx, { kind: 'integrity', check, status: run.status, violations: run.violations });
  return run;
}

type Completed = Exclude<CheckOutcome, { status: 'failed' }>;

async function updateViolations(tx: Db, check: string, at: Date, { total, keys, samples }: Completed): Promise<number> {
  const newer = await tx.checkRun.count({ where: { check, startedAt: { gt: at }, status: { not: 'failed' } } });
  if (newer > 0) return 0;
  const open = await tx.violation.findMany({ where: { check, resolvedAt: null }, select: { key: true } });
  const openKeys = new Set(open.map(({ key }) => key));
  const foundKeys = new Set(keys);
  const added = keys.filter((key) => !openKeys.has(key));
  const gone = total > KEYS_MAX ? [] : [...openKeys].filter((key) => !foundKeys.has(key));

  await tx.violation.updateMany({ where: { check, key: { in: gone } }, data: { resolvedAt: at, row: Prisma.DbNull } });
  // A row that was gone and is back is new.
  await tx.violation.deleteMany({ where: { check, key: { in: added } } });
  await tx.violation.createMany({ data: added.map((key) => ({ check, key, firstSeen: at })) });
  await tx.violation.updateMany({
    where: { check, resolvedAt: null, key: { notIn: [...samples.keys()] }, NOT: { row: { equals: Prisma.DbNull } } },
    data: { row: Prisma.DbNull },
  });
  await tx.$executeRaw`
    UPDATE control.violation SET row = sample.value
    FROM jsonb_each(${JSON.stringify(Object.fromEntries(samples))}::jsonb) AS sample
    WHERE "check" = ${check} AND violation.key = sample.key AND violation.row IS DISTINCT FROM sample.value`;
  return added.length;
}
