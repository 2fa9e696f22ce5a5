import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { AppError } from '#server/errors.ts';
import { applyChange, GATEWAY_SUBJECT, type GatewayContext } from './apply-change.ts';
import { AS_STARTED, contentOf } from './content-of.ts';
import { restoreContent } from './restore-content.ts';
import { RestoreVersionInput, type OperationResult } from './schema.ts';
import { checkTold } from './why-not.ts';

/** Wants the limits, routes and settings of an earlier version again, as a new one; version 0 is as the gateways were started. */
export async function restoreVersion(
  ctx: GatewayContext,
  input: z.input<typeof RestoreVersionInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { version, expectedVersion, reason } = RestoreVersionInput.parse(input);
  checkTold(ctx);
  const row = await ctx.db.gatewayConfiguration.findUnique({ where: { version } });
  if (!row && version > 0)
    throw new AppError('NOT_FOUND', `There is no version ${version} of the gateway’s configuration.`);
  const at = ctx.now();
  const off = { by: ctx.actor.name, reason, sinceMs: at.getTime() };
  return applyChange(ctx, {
    verb: 'gateway.restore',
    subject: GATEWAY_SUBJECT,
    at,
    reason,
    expectedVersion,
    input: { restored: version },
    change: (wanted) => restoreContent(wanted, row ? contentOf(row) : AS_STARTED, off),
  });
}
