import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { refuseSameName } from './refuse-same-name.ts';
import { VIEWS_MAX, type SavedView, type SaveViewInput } from './schema.ts';

/** Keeps a page's address under a name. */
export async function saveView(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, input: SaveViewInput): Promise<SavedView> {
  requireRole(ctx.actor, 'editor');
  const at = ctx.now();
  return refuseSameName(input.name, () =>
    ctx.db.$transaction(async (tx) => {
      if ((await tx.savedView.count()) >= VIEWS_MAX)
        throw new AppError('CONFLICT', `There are ${VIEWS_MAX} views, which is all: delete one that nobody opens.`);
      const row = await tx.savedView.create({ data: { ...input, createdAt: at, createdBy: ctx.actor.name } });
      await writeAudit(tx, { actor: ctx.actor, at, verb: 'view.save', subject: row.id, input });
      return { id: row.id, name: row.name, path: row.path };
    }),
  );
}
