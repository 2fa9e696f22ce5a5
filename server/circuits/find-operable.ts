import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { whyNotTold } from '#server/gateway/why-not.ts';

/** The only breakers that take orders are those of gateways; others report what they decide themselves. */
export const OPERABLE_REPORTER = 'gateway';

/** Why a breaker cannot be operated from here, or null. */
export function whyNotOperable(
  { gateways }: Pick<Ctx, 'gateways'>,
  { reporter, name }: { reporter: string; name: string },
): string | null {
  if (reporter !== OPERABLE_REPORTER)
    return `${reporter} decides about its breakers itself: only those of the gateway take orders.`;
  const whyNot = whyNotTold({ gateways });
  if (whyNot !== null) return whyNot;
  const isKnown = gateways.status().some(({ held }) => held?.circuits.some(({ service }) => service === name));
  return isKnown ? null : `The gateway has no breaker ${name}.`;
}

/** Throws what keeps a breaker from being operated. */
export function checkOperable(ctx: Pick<Ctx, 'gateways'>, breaker: { reporter: string; name: string }): void {
  const whyNot = whyNotOperable(ctx, breaker);
  if (whyNot !== null) throw new AppError('CONFLICT', whyNot);
}

/** Names a breaker in the audit. */
export function subjectOf({ reporter, name }: { reporter: string; name: string }): string {
  return `${reporter}~${name}`;
}
