import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import type { DeleteViewInput } from './schema.ts';

/** Forgets a view; the audit keeps what it was. */
export async function deleteView(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, { id }: DeleteViewInput): Promise<void> {
  requireRole(ctx.actor, 'editor');
  await ctx.db.$transaction(async (tx) => {
    const row = await tx.savedView.findUnique({ where: { id } });
    const { count } = await tx.savedView.deleteMany({ where: { id } });
    if (!row || count === 0) throw new AppError('NOT_FOUND', 'This view is gone already.');
    const input = { name: row.name, path: row.path };
    await writeAudit(tx, { actor: ctx.actor, at: ctx.now(), verb: 'view.delete', subject: id, input });
  });
}
