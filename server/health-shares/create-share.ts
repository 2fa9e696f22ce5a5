import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import type { CreatedHealthShare, CreateHealthShareInput } from './schema.ts';
import { hashShareToken, newShareToken } from './share-token.ts';
import { toShare } from './to-share.ts';

const HOUR_MS = 3_600_000;

/** Makes a link to the health page for people without the console. The answer is the only place where the whole link ever stands. */
export async function createShare(
  ctx: Pick<Ctx, 'db' | 'config' | 'actor' | 'now'>,
  { note, hours }: CreateHealthShareInput,
): Promise<CreatedHealthShare> {
  requireRole(ctx.actor, 'editor');
  const at = ctx.now();
  const token = newShareToken();
  return ctx.db.$transaction(async (tx) => {
    const row = await tx.healthShare.create({
      data: {
        tokenHash: hashShareToken(token),
        note,
        createdAt: at,
        createdBy: ctx.actor.name,
        expiresAt: new Date(at.getTime() + hours * HOUR_MS),
      },
    });
    const input = { note, hours };
    await writeAudit(tx, { actor: ctx.actor, at, verb: 'health-share.create', subject: row.id, input });
    return { ...toShare(row, at), url: `${ctx.config.shareUrl}/shared/health/${token}` };
  });
}
