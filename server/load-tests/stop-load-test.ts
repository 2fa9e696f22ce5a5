import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import type { LoadTestInput } from './schema.ts';

/** Asks whoever runs the test to send nobody more; what is under way is still counted. */
export async function stopLoadTest(
  { db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>,
  { id }: z.infer<typeof LoadTestInput>,
): Promise<void> {
  requireRole(actor, 'editor');
  const at = now();
  await db.$transaction(async (tx) => {
    const { count } = await tx.loadTest.updateMany({
      where: { id, openKey: { not: null }, stopAskedAt: null },
      data: { stopAskedAt: at },
    });
    if (count === 0) throw new AppError('CONFLICT', 'This load test is not running, or is being stopped already.');
    await writeAudit(tx, { actor, at, verb: 'loadtest.stop', subject: id, input: {} });
  });
}
