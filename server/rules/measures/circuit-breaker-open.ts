import { readBreakerStates } from '#server/store/queries/breaker-states.ts';
import type { Measure } from './measure.ts';

/** 1 for a breaker that refuses every call, 0 for any other. */
export const circuitBreakerOpen: Measure = {
  wokenBy: 'circuit',
  read: async ({ store, atMs }) => {
    const breakers = await readBreakerStates(store, atMs);
    return breakers.map(({ state, ...labels }) => ({
      labels,
      value: state === 'open' || state === 'forced_open' ? 1 : 0,
    }));
  },
};
