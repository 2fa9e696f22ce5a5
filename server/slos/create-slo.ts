import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { refuseTwin } from './refuse-twin.ts';
import type { CreateSloInput, Slo } from './schema.ts';
import { toSlo } from './to-slo.ts';

/** Promises something of a service from now on. */
export async function createSlo(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, input: CreateSloInput): Promise<Slo> {
  requireRole(ctx.actor, 'editor');
  const at = ctx.now();
  return refuseTwin(input, () =>
    ctx.db.$transaction(async (tx) => {
      const row = await tx.slo.create({ data: { ...input, createdAt: at, updatedAt: at } });
      await writeAudit(tx, { actor: ctx.actor, at, verb: 'slo.create', subject: input.service, input });
      return toSlo(row);
    }),
  );
}
