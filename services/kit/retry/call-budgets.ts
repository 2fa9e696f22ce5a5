import { RetryBudget } from './retry-budget.ts';

const budgets = new Map<string, RetryBudget>();

/** The budget of a service that this process calls. */
export function callBudget(service: string): RetryBudget {
  const budget = budgets.get(service) ?? new RetryBudget(service);
  budgets.set(service, budget);
  return budget;
}

export function callBudgets(): Iterable<RetryBudget> {
  return budgets.values();
}
