import type { LimitInForce } from '#server/gateway/schema.ts';
import { describeTier } from '#components/circuit/limits/describe-limits.ts';
import type { ChosenLimits } from '#components/circuit/limits/limits-draft.ts';

/** What other limits would change of those in force, a line each. */
export function describeLimitChanges(inForce: readonly LimitInForce[], chosen: ChosenLimits): string[] {
  return inForce
    .map((limit) => ({ limit, next: { ...limit, ...chosen[limit.name] } }))
    .filter(({ limit, next }) => limit.quota !== next.quota || limit.windowMs !== next.windowMs)
    .map(({ limit, next }) => {
      const whose = limit.name === 'login' ? 'tries to log in, of a client and account' : 'requests of a client';
      return `${limit.name}, ${whose}: ${describeTier(limit)} → ${describeTier(next)}`;
    });
}

/** What is to be asked for, of the limits chosen: all of a tier, and null where that is what the gateway was started with. */
export function limitsToAskFor(inForce: readonly LimitInForce[], chosen: ChosenLimits) {
  return Object.fromEntries(
    inForce
      .filter(({ name }) => chosen[name])
      .map(({ name, environment, ...limit }) => {
        const { quota, windowMs } = { ...limit, ...chosen[name] };
        const isAsStarted = quota === environment.quota && windowMs === environment.windowMs;
        return [name, isAsStarted ? null : { quota, windowMs }];
      }),
  );
}
