import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import type { DeleteSloInput } from './schema.ts';

/** Takes a promise back; the audit keeps what it was. */
export async function deleteSlo(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, { id }: DeleteSloInput): Promise<void> {
  requireRole(ctx.actor, 'editor');
  await ctx.db.$transaction(async (tx) => {
    const row = await tx.slo.findUnique({ where: { id } });
    const { count } = await tx.slo.deleteMany({ where: { id } });
    if (!row || count === 0) throw new AppError('NOT_FOUND', 'This objective is gone already.');
    const { service, kind, thresholdMs, target, windowDays } = row;
    const input = { id, kind, thresholdMs, target, windowDays };
    await writeAudit(tx, { actor: ctx.actor, at: ctx.now(), verb: 'slo.delete', subject: service, input });
  });
}
