import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { readWanted } from '#server/gateway/read-wanted.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable } from '../find-operable.ts';
import { operate, type OperateContext } from '../operate.ts';
import { EndShadowInput } from '../schema.ts';
import { withSettings } from '../settings.ts';
import { takeShadow, type ShadowSettings } from './take-shadow.ts';

/** Puts the settings of a shadow in force, and ends it. */
export async function applyShadow(
  ctx: OperateContext,
  input: z.input<typeof EndShadowInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { reason, sinceMs, ...breaker } = EndShadowInput.parse(input);
  checkOperable(ctx, breaker);
  const document = await readWanted(ctx.db);
  const { settings } = takeShadow(document?.breakers[breaker.name], sinceMs);
  return operate(ctx, {
    verb: 'circuits.applyShadow',
    breaker,
    at: ctx.now(),
    reason,
    input: settings,
    change: (wanted) => withSettings(takeShadow(wanted, sinceMs).rest, tunedBy(settings)),
  });
}

/** Without a window is how gateways start. */
function tunedBy({ windowMs, ...settings }: ShadowSettings) {
  return { ...settings, windowMs: windowMs === 0 ? null : windowMs };
}
