import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';

/** Why no gateway can be told anything from here, or null. */
export function whyNotTold({ gateways }: Pick<Ctx, 'gateways'>): string | null {
  const all = gateways.status();
  if (all.length === 0)
    return 'No gateway takes orders here: GATEWAY_ADMIN_URLS names none, and the shipped one is not started.';
  return all.some(({ held }) => held) ? null : 'No gateway has answered on its admin port yet.';
}

/** Throws what keeps gateways from being told anything. */
export function checkTold(ctx: Pick<Ctx, 'gateways'>): void {
  const whyNot = whyNotTold(ctx);
  if (whyNot !== null) throw new AppError('CONFLICT', whyNot);
}
