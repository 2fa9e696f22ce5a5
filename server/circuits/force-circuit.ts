import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable } from './find-operable.ts';
import { operate, type OperateContext } from './operate.ts';
import { ForceCircuitInput } from './schema.ts';

/** Holds a breaker open or closed on every gateway, for a time that always ends. */
export async function forceCircuit(
  ctx: OperateContext,
  input: z.input<typeof ForceCircuitInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { side, reason, minutes, ...breaker } = ForceCircuitInput.parse(input);
  checkOperable(ctx, breaker);
  const at = ctx.now();
  const sinceMs = at.getTime();
  const untilMs = sinceMs + minutes * 60_000;
  return operate(ctx, {
    verb: 'circuits.force',
    breaker,
    at,
    reason,
    input: { side, minutes, until: new Date(untilMs).toISOString() },
    change: (wanted) => ({ ...wanted, forced: { side, reason, by: ctx.actor.name, sinceMs, untilMs } }),
  });
}
