import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { refuseSameName } from './refuse-same-name.ts';
import type { RenameViewInput, SavedView } from './schema.ts';

/** Calls a view otherwise. */
export async function renameView(
  ctx: Pick<Ctx, 'db' | 'actor' | 'now'>,
  { id, name }: RenameViewInput,
): Promise<SavedView> {
  requireRole(ctx.actor, 'editor');
  return refuseSameName(name, () =>
    ctx.db.$transaction(async (tx) => {
      const [row] = await tx.savedView.updateManyAndReturn({ where: { id }, data: { name } });
      if (!row) throw new AppError('NOT_FOUND', 'This view is gone: somebody deleted it.');
      await writeAudit(tx, { actor: ctx.actor, at: ctx.now(), verb: 'view.rename', subject: id, input: { name } });
      return { id, name, path: row.path };
    }),
  );
}
