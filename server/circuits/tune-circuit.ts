import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { checkOperable } from './find-operable.ts';
import { operate, type OperateContext } from './operate.ts';
import { TuneCircuitInput, type OperationResult } from './schema.ts';

/** Changes when a breaker opens, how long it stays open and how it closes, on every gateway. */
export async function tuneCircuit(
  ctx: OperateContext,
  input: z.input<typeof TuneCircuitInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { reason, reporter, name, ...settings } = TuneCircuitInput.parse(input);
  const breaker = { reporter, name };
  checkOperable(ctx, breaker);
  return operate(ctx, {
    verb: 'circuits.tune',
    breaker,
    at: ctx.now(),
    reason,
    input: settings,
    change: (wanted) => ({
      ...wanted,
      failureThreshold: settings.failureThreshold ?? undefined,
      resetTimeoutMs: settings.resetTimeoutMs ?? undefined,
      halfOpenSuccessCount: settings.halfOpenSuccessCount ?? undefined,
    }),
  });
}
