import { Counter, Gauge, type Metric } from 'prom-client';
import type { Bulkhead } from './bulkhead.ts';

/** How full each bulkhead is, and whom it sent away. */
export function createBulkheadMetrics(bulkheads: () => Iterable<Bulkhead>): Metric[] {
  const labelNames = ['name'] as const;
  const calls = new Gauge({
    name: 'bulkhead_calls',
    help: 'Calls under way at a service.',
    labelNames,
    registers: [],
    collect() {
      for (const { name, calls: value } of bulkheads()) this.set({ name }, value);
    },
  });
  const waiting = new Gauge({
    name: 'bulkhead_waiting',
    help: 'Calls that wait for a place at a service.',
    labelNames,
    registers: [],
    collect() {
      for (const { name, waiting: value } of bulkheads()) this.set({ name }, value);
    },
  });
  const refusals = new Counter({
    name: 'bulkhead_refusals_total',
    help: 'Calls of a service that found no place.',
    labelNames,
    registers: [],
    collect() {
      this.reset();
      for (const { name, refusals: value } of bulkheads()) this.inc({ name }, value);
    },
  });
  return [calls, waiting, refusals];
}
