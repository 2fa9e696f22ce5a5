import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { applyChange, GATEWAY_SUBJECT, type GatewayContext } from './apply-change.ts';
import type { WantedLimits } from './document.ts';
import { ChangeLimitsInput, type OperationResult } from './schema.ts';
import { checkTold } from './why-not.ts';

/** Puts other limits in force on every gateway, until they are changed again. */
export async function changeLimits(
  ctx: GatewayContext,
  input: z.input<typeof ChangeLimitsInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { limits, expectedVersion, reason } = ChangeLimitsInput.parse(input);
  checkTold(ctx);
  return applyChange(ctx, {
    verb: 'gateway.limits',
    subject: GATEWAY_SUBJECT,
    at: ctx.now(),
    reason,
    expectedVersion,
    input: Object.fromEntries(
      Object.entries(limits).flatMap(([name, limit]) => [
        [`${name}.quota`, limit?.quota ?? null],
        [`${name}.windowMs`, limit?.windowMs ?? null],
      ]),
    ),
    change: (wanted) => ({ ...wanted, limits: withLimits(wanted.limits, limits) }),
  });
}

function withLimits(wanted: WantedLimits, limits: ChangeLimitsInput['limits']): WantedLimits {
  const named = Object.entries({ ...wanted, ...limits }).filter(([, limit]) => limit !== null);
  return Object.fromEntries(named) as WantedLimits;
}
