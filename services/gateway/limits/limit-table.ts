import type { Tier } from './limit-headers.ts';

export interface Limits {
  /** Each counts every request of a client. */
  tiers: readonly Tier[];
  /** Counts tries to log in, by client and account. */
  login: Tier;
}

export interface LimitTable {
  readonly inForce: Limits;
  /** At once and as a whole: the next request is judged by these, with what was counted before. The tiers stay the same by name and order. */
  replace: (limits: Limits) => void;
}

export function createLimitTable(initial: Limits): LimitTable {
  let inForce = initial;
  return {
    get inForce() {
      return inForce;
    },
    replace: (limits) => {
      inForce = limits;
    },
  };
}
