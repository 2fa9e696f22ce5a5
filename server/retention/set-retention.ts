import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { readRetention } from './read-retention.ts';
import { RETENTION_DEFAULT, SetRetentionInput, type RetentionDays, type RetentionSignal } from './schema.ts';

/** Any number that nobody else uses: two changes that are fine alone may not be together. */
const RETENTION_LOCK = 7_305_483;

/** Sets how long a signal is kept; `enforceRetention` is told, and deletes what is past it, for good. */
export async function setRetention(
  { db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>,
  input: SetRetentionInput,
): Promise<RetentionDays> {
  requireRole(actor, 'admin');
  const { signal, days } = SetRetentionInput.parse(input);
  const at = now();
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${RETENTION_LOCK})`;
    const before = await readRetention(tx);
    const wanted = { ...before, [signal]: days };
    refuseShortRollup(wanted, signal);
    if (days === before[signal]) return before;
    if (days === RETENTION_DEFAULT[signal]) await tx.retention.delete({ where: { signal } });
    else {
      const set = { days, updatedAt: at, updatedBy: actor.name };
      await tx.retention.upsert({ where: { signal }, create: { signal, ...set }, update: set });
    }
    await writeAudit(tx, {
      actor,
      at,
      verb: 'retention.set',
      subject: signal,
      input: { days, daysBefore: before[signal] },
    });
    await sendHint(tx, { kind: 'retention', signal });
    return wanted;
  });
}

/** What is made of something outlives it: a rollup that ends earlier would leave a gap in every long window. */
const ROLLUPS: readonly { of: RetentionSignal; made: RetentionSignal; advice: string }[] = [
  { of: 'traces', made: 'rollup_1m', advice: 'The minutes are made of traces' },
  { of: 'rollup_1m', made: 'rollup_1h', advice: 'The hours are made of minutes' },
];

function refuseShortRollup(days: RetentionDays, changed: RetentionSignal): void {
  const short = ROLLUPS.find(({ of, made }) => (of === changed || made === changed) && days[made] < days[of]);
  if (!short) return;
  const first =
    short.made === changed
      ? `keep them for ${days[short.of]} days or more`
      : `set them to ${days[changed]} days or more first (now ${days[short.made]})`;
  throw new AppError('BAD_REQUEST', `${short.advice} and outlive them: ${first}.`);
}
