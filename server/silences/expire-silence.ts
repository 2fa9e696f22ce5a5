import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { formatMatcher } from '#server/notify/matchers/matcher.ts';
import type { ExpireSilenceInput, Silence } from './schema.ts';
import { toSilence } from './to-silence.ts';

/** Ends a silence now; one that had not begun never will. What it kept back is told at once. */
export async function expireSilence(
  { db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>,
  { id }: z.infer<typeof ExpireSilenceInput>,
): Promise<Silence> {
  requireRole(actor, 'editor');
  const at = now();
  return db.$transaction(async (tx) => {
    const before = await tx.silence.findUnique({ where: { id } });
    if (!before) throw new AppError('NOT_FOUND', `There is no silence ${id}.`);
    if (before.endsAt <= at) throw new AppError('CONFLICT', 'The silence is over already.');
    const startsAt = before.startsAt > at ? at : before.startsAt;
    const row = await tx.silence.update({ where: { id }, data: { startsAt, endsAt: at, updatedAt: at } });
    const { matchers } = toSilence(row, at, 0);
    await writeAudit(tx, {
      actor,
      at,
      verb: 'silences.expire',
      subject: id,
      input: { matchers: matchers.map(formatMatcher).join(', ') },
    });
    await sendHint(tx, { kind: 'alert', fingerprint: '', rule: '', state: 'silences changed' });
    return toSilence(row, at, 0);
  });
}
