import { Counter, Gauge, type Metric } from 'prom-client';
import type { Shadows } from './shadows.ts';

const STATES = ['closed', 'open', 'half_open'] as const;

/** What shadows decided, under names of their own: nobody's rule about breakers must hear of them. Read when it is scraped; in no registry yet. */
export function createShadowMetrics(shadows: Shadows, instance: string): Metric[] {
  const states = new Gauge({
    name: 'circuit_breaker_shadow_state',
    help: 'State set of the settings that decide beside a breaker and do not act; there only while there are such.',
    labelNames: ['name', 'instance', 'state'],
    registers: [],
    collect() {
      this.reset();
      for (const { name, state } of shadows.all())
        for (const one of STATES) this.set({ name, instance, state: one }, one === state ? 1 : 0);
    },
  });
  const opened = new Counter({
    name: 'circuit_breaker_shadow_opened_total',
    help: 'Times that a shadow went from closed to open.',
    labelNames: ['name'],
    registers: [],
    collect() {
      this.reset();
      for (const { name, counts } of shadows.all()) this.inc({ name }, counts.opened);
    },
  });
  const calls = new Counter({
    name: 'circuit_breaker_shadow_calls_total',
    help: 'Calls by what a shadow decided (passed, refused) and how they really ended (good, failing, unknown).',
    labelNames: ['name', 'decision', 'end'],
    registers: [],
    collect() {
      this.reset();
      for (const { name, counts } of shadows.all())
        for (const decision of ['passed', 'refused'] as const)
          for (const end of ['good', 'failing', 'unknown'] as const)
            this.inc({ name, decision, end }, counts[decision][end]);
    },
  });
  return [states, opened, calls];
}
