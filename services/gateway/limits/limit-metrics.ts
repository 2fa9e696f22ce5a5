import { Counter } from 'prom-client';
import type { Tier } from './limit-headers.ts';

export interface LimitMetrics {
  refusals: Counter<'tier'>;
  countRefusal: (tiers: readonly string[]) => void;
}

/** How often each tier refused a request; one that several refused counts in each. In no registry yet. */
export function createLimitMetrics(tiers: readonly Tier[]): LimitMetrics {
  const refusals = new Counter({
    name: 'rate_limit_refusals_total',
    help: 'Requests that were answered 429, by the tier that refused them.',
    labelNames: ['tier'] as const,
    registers: [],
  });
  // A counter that appears with its first refusal shows no increase over it.
  for (const { name } of tiers) refusals.inc({ tier: name }, 0);
  return {
    refusals,
    countRefusal: (violated) => {
      for (const tier of violated) refusals.inc({ tier });
    },
  };
}
