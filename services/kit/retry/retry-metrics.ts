import { Counter, Gauge, type Metric } from 'prom-client';
import type { RetryBudget } from './retry-budget.ts';

/** What was repeated, what was not for want of budget, and what is left of it. */
export function createRetryMetrics(budgets: () => Iterable<RetryBudget>): Metric[] {
  const retries = new Counter({
    name: 'upstream_retries_total',
    help: 'Calls of a service that failed and were to be repeated: sent, or over_budget and not sent.',
    labelNames: ['upstream', 'outcome'] as const,
    registers: [],
    collect() {
      this.reset();
      for (const { service: upstream, totals } of budgets()) {
        this.inc({ upstream, outcome: 'sent' }, totals.sent);
        this.inc({ upstream, outcome: 'over_budget' }, totals.refused);
      }
    },
  });
  const left = new Gauge({
    name: 'upstream_retry_budget_left',
    help: 'Calls of a service that may be repeated now.',
    labelNames: ['upstream'] as const,
    registers: [],
    collect() {
      for (const budget of budgets()) this.set({ upstream: budget.service }, budget.left);
    },
  });
  return [retries, left];
}
