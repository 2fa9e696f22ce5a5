import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { getAlert } from './get-alert.ts';
import type { AcknowledgeAlertInput, Alert } from './schema.ts';

/** Notes who is on it. The alert goes on and its end is told; it is only not repeated to channels any more. */
export async function acknowledgeAlert(
  ctx: Pick<Ctx, 'db' | 'config' | 'actor' | 'now'>,
  { id, by, note }: z.output<typeof AcknowledgeAlertInput>,
): Promise<Alert> {
  const { db, actor, now } = ctx;
  requireRole(actor, 'editor');
  const { fingerprint, rule } = await getAlert(ctx, { id });
  const at = now();
  await db.$transaction(async (tx) => {
    // Only while it fires: whoever acknowledges should not believe to be on something that is over.
    const { count } = await tx.alert.updateMany({
      where: { id, state: 'firing', openKey: { not: null } },
      data: { acknowledgedAt: at, acknowledgedBy: by, acknowledgement: note },
    });
    if (count === 0) throw new AppError('CONFLICT', 'The alert does not fire any more.');
    await writeAudit(tx, { actor, at, verb: 'alerts.acknowledge', subject: id, input: { rule, by, note } });
    await sendHint(tx, { kind: 'alert', fingerprint, rule, state: 'acknowledged' });
  });
  return getAlert(ctx, { id });
}
