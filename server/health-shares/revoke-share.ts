import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import type { RevokeHealthShareInput } from './schema.ts';

/** Closes a link at once; it stays listed. */
export async function revokeShare(
  ctx: Pick<Ctx, 'db' | 'actor' | 'now'>,
  { id }: RevokeHealthShareInput,
): Promise<void> {
  requireRole(ctx.actor, 'editor');
  const at = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.healthShare.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: at, revokedBy: ctx.actor.name },
    });
    if (count === 0) throw new AppError('NOT_FOUND', 'There is no such link, or it was revoked already.');
    await writeAudit(tx, { actor: ctx.actor, at, verb: 'health-share.revoke', subject: id, input: { id } });
  });
}
