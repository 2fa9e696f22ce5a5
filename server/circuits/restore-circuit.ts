import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { AppError } from '#server/errors.ts';
import { WantedBreakers } from '#server/gateway/document.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { checkOperable } from './find-operable.ts';
import { operate, type OperateContext } from './operate.ts';
import { RestoreCircuitInput } from './schema.ts';
import { tunedOf, withSettings } from './settings.ts';

/** Wants a breaker's settings of an earlier version again, as a new version; a force that holds now stays. */
export async function restoreCircuit(
  ctx: OperateContext,
  input: z.input<typeof RestoreCircuitInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { reason, version, ...breaker } = RestoreCircuitInput.parse(input);
  checkOperable(ctx, breaker);
  const row = await ctx.db.gatewayConfiguration.findUnique({ where: { version } });
  if (!row) throw new AppError('NOT_FOUND', `There is no version ${version} of the configuration.`);
  const settings = tunedOf(WantedBreakers.parse(row.document)[breaker.name]);
  return operate(ctx, {
    verb: 'circuits.restore',
    breaker,
    at: ctx.now(),
    reason,
    input: { ...settings, restored: version },
    change: (wanted) => withSettings(wanted, settings),
  });
}
