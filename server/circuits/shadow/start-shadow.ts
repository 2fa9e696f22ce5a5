import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable } from '../find-operable.ts';
import { operate, type OperateContext } from '../operate.ts';
import { StartShadowInput } from '../schema.ts';

/** Lets other settings decide beside a breaker on every gateway, without acting; they take the place of a shadow that is there. */
export async function startShadow(
  ctx: OperateContext,
  input: z.input<typeof StartShadowInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { reason, reporter, name, ...settings } = StartShadowInput.parse(input);
  const breaker = { reporter, name };
  checkOperable(ctx, breaker);
  const at = ctx.now();
  return operate(ctx, {
    verb: 'circuits.startShadow',
    breaker,
    at,
    reason,
    input: settings,
    change: (wanted) => ({ ...wanted, shadow: { ...settings, reason, by: ctx.actor.name, sinceMs: at.getTime() } }),
  });
}
