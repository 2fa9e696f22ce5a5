import { Prisma } from '#prisma/generated/client.ts';
import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { SAMPLES_MAX } from './execute-check.ts';
import { isNew } from './is-new.ts';
import { describeChecks, listChecks } from './list-checks.ts';
import type { CheckDetail, GetCheckInput } from './schema.ts';
import { toCheckRun } from './to-check-run.ts';

const RUNS_MAX = 100;

/** A check with its runs, the newest first, and rows that violate it, the newest first. */
export async function getCheck(
  ctx: Pick<Ctx, 'db' | 'config' | 'watched' | 'now'>,
  { name }: z.infer<typeof GetCheckInput>,
): Promise<CheckDetail> {
  const { db, config } = ctx;
  const definition = config.checks.values().find((known) => known.name === name);
  const [check] = definition
    ? await describeChecks(ctx, [definition])
    : (await listChecks(ctx)).filter((known) => known.name === name);
  if (!check) throw new AppError('NOT_FOUND', `There is no check ${name} in config/checks.`);
  const [runs, open, lastComplete] = await Promise.all([
    db.checkRun.findMany({ where: { check: name }, orderBy: { startedAt: 'desc' }, take: RUNS_MAX }),
    db.violation.findMany({
      where: { check: name, resolvedAt: null, row: { not: Prisma.DbNull } },
      orderBy: [{ firstSeen: 'desc' }, { key: 'asc' }],
      take: SAMPLES_MAX,
    }),
    db.checkRun.findFirst({ where: { check: name, status: { not: 'failed' } }, orderBy: { startedAt: 'desc' } }),
  ]);
  const nowMs = ctx.now().getTime();
  const violations = open.map(({ key, firstSeen, row }) => ({
    key,
    firstSeenMs: firstSeen.getTime(),
    lastSeenMs: (lastComplete?.startedAt ?? firstSeen).getTime(),
    row: row as Record<string, string | null>,
    isNew: isNew(firstSeen.getTime(), nowMs),
  }));
  return { ...check, runs: runs.map(toCheckRun), violations };
}
