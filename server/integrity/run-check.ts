import type { z } from 'zod';
import type { PrismaClient } from '#prisma/generated/client.ts';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { inSpan } from '#server/tracing/in-span.ts';
import type { CheckDefinition } from './parse-check-file.ts';
import { recordRun, type RunRecord } from './record-run.ts';
import type { CheckRun, RunCheckInput } from './schema.ts';
import { toCheckRun } from './to-check-run.ts';
import type { WatchedDatabase } from './watched-database.ts';

/** Runs a check for an operator, now. */
export async function runCheck(
  ctx: Pick<Ctx, 'db' | 'config' | 'watched' | 'actor' | 'now'>,
  { name }: z.infer<typeof RunCheckInput>,
): Promise<CheckRun> {
  requireRole(ctx.actor, 'editor');
  const check = ctx.config.checks.values().find((known) => known.name === name);
  if (!check) throw new AppError('NOT_FOUND', `There is no check ${name} in config/checks.`);
  const record = await execute(ctx, check, 'manual');
  const row = await ctx.db.$transaction(async (tx) => {
    await writeAudit(tx, {
      actor: ctx.actor,
      at: record.startedAt,
      verb: 'integrity.run',
      subject: name,
      input: { name },
    });
    return recordRun(tx, record);
  });
  return toCheckRun(row);
}

export interface RunContext {
  db: PrismaClient;
  watched: WatchedDatabase;
  now: () => Date;
}

/** Runs the SQL and answers what is to be recorded. */
export async function execute(
  { db, watched, now }: RunContext,
  check: CheckDefinition,
  trigger: RunRecord['trigger'],
): Promise<RunRecord> {
  const open = await db.violation.findMany({ where: { check: check.name, resolvedAt: null }, select: { key: true } });
  const startedAt = now();
  const startedMs = performance.now();
  const outcome = await inSpan('run check', { attributes: { 'switchyard.check': check.name } }, () =>
    watched.execute(check, new Set(open.map(({ key }) => key))),
  );
  return { check: check.name, trigger, startedAt, durationMs: performance.now() - startedMs, outcome };
}
