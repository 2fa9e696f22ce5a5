import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { claim, OPEN_KEY } from './claim.ts';
import { StartLoadTestInput } from './schema.ts';

/** Sends shoppers through the gateway; answers as soon as they are on their way. */
export async function startLoadTest(
  ctx: Pick<Ctx, 'db' | 'actor' | 'now' | 'loadTests'>,
  input: StartLoadTestInput,
): Promise<{ id: string }> {
  requireRole(ctx.actor, 'editor');
  const asked = StartLoadTestInput.parse(input);
  const { target } = ctx.loadTests;
  if (target === null) throw new AppError('CONFLICT', ctx.loadTests.whyNot);
  const at = ctx.now();
  const row = await ctx.db.$transaction(async (tx) => {
    await claim(tx);
    await writeAudit(tx, { actor: ctx.actor, at, verb: 'loadtest.start', subject: target, input: asked });
    return tx.loadTest.create({
      data: { ...asked, openKey: OPEN_KEY, startedAt: at, heartbeatAt: at, actor: ctx.actor.name, target },
    });
  });
  ctx.loadTests.run(row);
  return { id: row.id };
}
