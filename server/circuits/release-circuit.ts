import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable } from './find-operable.ts';
import { operate, type OperateContext } from './operate.ts';
import { ReleaseCircuitInput } from './schema.ts';

/** Gives a forced breaker back to its calls; one that is not forced anywhere stays as it is. */
export async function releaseCircuit(
  ctx: OperateContext,
  input: z.input<typeof ReleaseCircuitInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { reason, ...breaker } = ReleaseCircuitInput.parse(input);
  checkOperable(ctx, breaker);
  return operate(ctx, {
    verb: 'circuits.release',
    breaker,
    at: ctx.now(),
    reason,
    input: {},
    change: (wanted) => ({ ...wanted, forced: null, note: `released by ${ctx.actor.name}: ${reason}` }),
  });
}
