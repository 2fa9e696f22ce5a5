import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { askService } from './ask-service.ts';
import { adminUrlOf, subjectOf } from './get-dead-letter.ts';
import { DeadLetterDetail, DecideDeadLetterInput, type DeadLetter } from './schema.ts';

/** Longer than the service is given to answer. */
const TRANSACTION_MS = 8_000;

type DecideContext = Pick<Ctx, 'db' | 'actor' | 'now'>;

/** Has the service apply a dead letter again, there and then; CONFLICT with its error when it fails again. */
export function redriveDeadLetter(
  ctx: DecideContext,
  input: z.input<typeof DecideDeadLetterInput>,
): Promise<DeadLetter> {
  return decide(ctx, 'redrive', input);
}

/** Gives up on a dead letter: the service keeps it a while with the reason, and never applies it. */
export function discardDeadLetter(
  ctx: DecideContext,
  input: z.input<typeof DecideDeadLetterInput>,
): Promise<DeadLetter> {
  return decide(ctx, 'discard', input);
}

async function decide(
  ctx: DecideContext,
  what: 'redrive' | 'discard',
  input: z.input<typeof DecideDeadLetterInput>,
): Promise<DeadLetter> {
  requireRole(ctx.actor, 'editor');
  const { service, eventId, reason } = DecideDeadLetterInput.parse(input);
  const adminUrl = await adminUrlOf(ctx, service);
  return ctx.db.$transaction(
    async (tx) => {
      // Before the service is asked: what it refuses leaves no entry, what it did is never without one.
      await writeAudit(tx, {
        actor: ctx.actor,
        at: ctx.now(),
        verb: `dead-letters.${what}`,
        subject: subjectOf({ service, eventId }),
        input: { reason },
      });
      const order = {
        method: 'POST',
        path: `/${eventId}/${what}`,
        ...(what === 'discard' && { body: { reason } }),
      } as const;
      return { ...(await askService(adminUrl, order, DeadLetterDetail)), service };
    },
    { timeout: TRANSACTION_MS },
  );
}
