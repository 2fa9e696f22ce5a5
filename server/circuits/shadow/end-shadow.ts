import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable } from '../find-operable.ts';
import { operate, type OperateContext } from '../operate.ts';
import { EndShadowInput } from '../schema.ts';
import { takeShadow } from './take-shadow.ts';

/** Ends a shadow; what is in force stays. */
export async function endShadow(ctx: OperateContext, input: z.input<typeof EndShadowInput>): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { reason, sinceMs, ...breaker } = EndShadowInput.parse(input);
  checkOperable(ctx, breaker);
  return operate(ctx, {
    verb: 'circuits.endShadow',
    breaker,
    at: ctx.now(),
    reason,
    input: {},
    change: (wanted) => takeShadow(wanted, sinceMs).rest,
  });
}
