import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { refuseTwin } from './refuse-twin.ts';
import type { Slo, UpdateSloInput } from './schema.ts';
import { toSlo } from './to-slo.ts';

/** Promises something else. The past is measured against the new promise too: what was served does not change. */
export async function updateSlo(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, input: UpdateSloInput): Promise<Slo> {
  requireRole(ctx.actor, 'editor');
  const { id, ...data } = input;
  const at = ctx.now();
  return refuseTwin(input, () =>
    ctx.db.$transaction(async (tx) => {
      const [row] = await tx.slo.updateManyAndReturn({ where: { id }, data: { ...data, updatedAt: at } });
      if (!row) throw new AppError('NOT_FOUND', 'This objective is gone: somebody deleted it.');
      await writeAudit(tx, { actor: ctx.actor, at, verb: 'slo.update', subject: input.service, input });
      return toSlo(row);
    }),
  );
}
