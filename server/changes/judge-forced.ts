import type { CircuitTransition } from '#server/circuits/schema.ts';
import type { Ctx } from '#server/context.ts';
import { circuitChanges } from './circuit-changes.ts';
import { judgeChange } from './judge-change.ts';
import type { Change } from './schema.ts';

/** A page shows the newest; what is older was judged when it was new. */
const VERDICTS_MAX = 20;

/** Transitions as changes; where a person forced a breaker, with what its service did since. */
export async function judgeForced(
  ctx: Pick<Ctx, 'store' | 'now'>,
  transitions: readonly CircuitTransition[],
): Promise<Change[]> {
  let judged = 0;
  return Promise.all(
    transitions.flatMap((transition) =>
      circuitChanges([transition]).map(async (change) => {
        const isForced = transition.state === 'forced_open' || transition.state === 'forced_closed';
        if (!isForced || judged++ >= VERDICTS_MAX) return change;
        const { text } = await judgeChange(ctx, { service: transition.name, atMs: transition.tMs });
        return { ...change, detail: [`after it: ${text}`, change.detail].filter(Boolean).join(' · ') };
      }),
    ),
  );
}
