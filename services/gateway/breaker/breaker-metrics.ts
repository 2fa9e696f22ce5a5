import { Counter, Gauge, type Metric } from 'prom-client';
import type { Breaker, CallOutcome } from './breaker.ts';

const STATES = ['closed', 'open', 'half_open', 'forced_open', 'forced_closed'] as const;
const OUTCOMES: readonly CallOutcome[] = ['success', 'failure', 'rejected', 'timeout'];

export interface BreakerMetrics {
  all: Metric[];
  countCall: (name: string, outcome: CallOutcome) => void;
}

/** The state set of the breakers, read when it is scraped, and the counter of their calls; in no registry yet. */
export function createBreakerMetrics(options: {
  breakers: () => Iterable<Breaker>;
  names: readonly string[];
  instance: string;
}): BreakerMetrics {
  const states = new Gauge({
    name: 'circuit_breaker_state',
    help: 'State set: 1 for the state that the breaker is in, 0 for the others.',
    labelNames: ['name', 'instance', 'state'],
    registers: [],
    collect() {
      for (const breaker of options.breakers()) {
        for (const state of STATES) {
          this.set({ name: breaker.name, instance: options.instance, state }, state === breaker.state ? 1 : 0);
        }
      }
    },
  });
  const calls = new Counter({
    name: 'circuit_breaker_calls_total',
    help: 'Calls that met a breaker, by how they ended.',
    labelNames: ['name', 'outcome'],
    registers: [],
  });
  // A counter that appears with its first failure shows no increase over it.
  for (const name of options.names) for (const outcome of OUTCOMES) calls.inc({ name, outcome }, 0);
  return { all: [states, calls], countCall: (name, outcome) => calls.inc({ name, outcome }) };
}
