import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import type { DrillInput } from './schema.ts';

/** Asks whoever runs the drill to take its fault out and end it, within a second or two. */
export async function stopDrill(
  { db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>,
  { id }: z.infer<typeof DrillInput>,
): Promise<void> {
  requireRole(actor, 'editor');
  const at = now();
  await db.$transaction(async (tx) => {
    const { count } = await tx.drill.updateMany({
      where: { id, openKey: { not: null }, stopAskedAt: null },
      data: { stopAskedAt: at },
    });
    if (count === 0) throw new AppError('CONFLICT', 'This drill is not running, or is being stopped already.');
    await writeAudit(tx, { actor, at, verb: 'drill.stop', subject: id, input: {} });
  });
}
