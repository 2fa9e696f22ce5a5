import type { CallsByEnd, CircuitShadow } from '#server/circuits/schema.ts';

/** What a shadow decided over all gateways, and how often the breaker itself opened meanwhile. */
export function sumShadow({ instances, really }: Pick<CircuitShadow, 'instances' | 'really'>) {
  return {
    opened: instances.reduce((sum, { opened }) => sum + opened, 0),
    refused: sumOf(instances.map(({ refused }) => refused)),
    passed: sumOf(instances.map(({ passed }) => passed)),
    reallyOpened: really.filter(({ state, previousState }) => state === 'open' && previousState === 'closed').length,
  };
}

function sumOf(all: readonly CallsByEnd[]): CallsByEnd {
  return all.reduce(
    (sum, { good, failing, unknown }) => ({
      good: sum.good + good,
      failing: sum.failing + failing,
      unknown: sum.unknown + unknown,
    }),
    { good: 0, failing: 0, unknown: 0 },
  );
}
