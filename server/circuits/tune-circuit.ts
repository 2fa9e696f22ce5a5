import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable } from './find-operable.ts';
import { operate, type OperateContext } from './operate.ts';
import { TuneCircuitInput } from './schema.ts';
import { withSettings } from './settings.ts';

/** Changes when a breaker opens, how long it stays open, how it closes and what its calls may take, on every gateway. */
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
    input: withoutUnnamed(settings),
    change: (wanted) => withSettings(wanted, settings),
  });
}

/** The audit says what was decided, not what was left alone. */
function withoutUnnamed<T extends object>(settings: T): Record<string, number | null> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
