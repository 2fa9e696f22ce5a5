import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import { toAcknowledgement } from '#server/gateway/apply-change.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable, subjectOf } from './find-operable.ts';
import type { OperateContext } from './operate.ts';
import { ProbeCircuitInput } from './schema.ts';

/** Lets the next calls through an open breaker as trials, before its time; it asks once, and changes nothing that lasts. */
export async function probeCircuit(
  ctx: OperateContext,
  input: z.input<typeof ProbeCircuitInput>,
): Promise<OperationResult> {
  const { db, gateways, actor } = ctx;
  requireRole(actor, 'editor');
  const { reason, ...breaker } = ProbeCircuitInput.parse(input);
  checkOperable(ctx, breaker);
  await db.$transaction((tx) =>
    writeAudit(tx, { actor, at: ctx.now(), verb: 'circuits.probe', subject: subjectOf(breaker), input: { reason } }),
  );
  const statuses = await gateways.probe(breaker.name, { by: actor.name, reason });
  return { version: null, acknowledgements: statuses.map(toAcknowledgement) };
}
