import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import type { Db } from '#server/db.ts';
import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { compilePattern, formatMatcher, matchesAll } from '#server/notify/matchers/matcher.ts';
import { SILENCES_MAX } from './read-silences.ts';
import { CreateSilenceInput, type Silence } from './schema.ts';
import { stateOf, toSilence } from './to-silence.ts';

/**
 * Creates a silence, or changes the one that `id` names. What was silenced stays on record: a change of matchers, or of a beginning
 * that has passed, ends the old silence and begins another.
 */
export async function createSilence(
  { db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>,
  input: CreateSilenceInput,
): Promise<Silence> {
  requireRole(actor, 'editor');
  const { id, matchers, startsAtMs, endsAtMs, author, comment } = CreateSilenceInput.parse(input);
  const at = now();
  if (endsAtMs <= at.getTime())
    throw new AppError('BAD_REQUEST', 'The silence would be over already: choose a later end.');
  for (const { isRegex, value } of matchers) if (isRegex) compilePattern(value);
  if (matchesAll(matchers, {}))
    throw new AppError(
      'BAD_REQUEST',
      'These matchers match every alert: let at least one ask for a label with a value.',
    );
  const written = matchers.map(formatMatcher).join(', ');
  // Nothing is silenced in the past: a silence begins when it is made.
  const data = {
    matchers,
    startsAt: new Date(Math.max(startsAtMs, at.getTime())),
    endsAt: new Date(endsAtMs),
    author,
    comment,
    updatedAt: at,
  };
  return db.$transaction(async (tx) => {
    const before = id === undefined ? null : await tx.silence.findUnique({ where: { id } });
    if (id !== undefined && !before) throw new AppError('NOT_FOUND', `There is no silence ${id}.`);
    if (!before && (await tx.silence.count({ where: { endsAt: { gt: at } } })) >= SILENCES_MAX)
      throw new AppError('TOO_MANY_REQUESTS', `There are ${SILENCES_MAX} silences already: expire some first.`);
    const state = before && stateOf(before, at);
    const isSameMatch =
      before && (before.matchers as unknown as typeof matchers).map(formatMatcher).join(', ') === written;
    const inPlace = before && state !== 'expired' && (state === 'pending' || isSameMatch);
    if (before && !inPlace && state === 'active') await expire(tx, before.id, at);
    const row = inPlace
      ? await tx.silence.update({
          where: { id: before.id },
          data: { ...data, ...(state === 'active' && { startsAt: before.startsAt }) },
        })
      : await tx.silence.create({ data: { ...data, createdAt: at } });
    await writeAudit(tx, {
      actor,
      at,
      verb: inPlace ? 'silences.update' : 'silences.create',
      subject: row.id,
      input: { matchers: written, endsAt: row.endsAt.toISOString(), author, comment },
    });
    await sendHint(tx, { kind: 'alert', fingerprint: '', rule: '', state: 'silences changed' });
    return toSilence(row, at, 0);
  });
}

async function expire(tx: Db, id: string, at: Date): Promise<void> {
  await tx.silence.update({ where: { id }, data: { endsAt: at, updatedAt: at } });
}
