import type { ComputedState } from './decide.ts';
import type { Shadow, ShadowCounts } from './shadow.ts';

/** What a gateway says of a shadow on its admin port. */
export interface ShadowAnswer extends ShadowCounts {
  sinceMs: number;
  state: ComputedState;
}

export function answerShadow(shadow: Shadow | undefined): ShadowAnswer | null {
  return shadow ? { sinceMs: shadow.sinceMs, state: shadow.state, ...shadow.counts } : null;
}
