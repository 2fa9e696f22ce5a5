import { trace } from '@opentelemetry/api';
import type { NoopPolicy, RetryPolicy } from 'cockatiel';
import type { RetryBudget } from './retry-budget.ts';

/** Said on the span of the request whose call would have been repeated, had others not been already. */
export const BUDGET_EXHAUSTED = 'retry.budget_exhausted';

/** Runs `attempt` as often as `policy` wants and `budget` pays for; without budget the outcome so far stands. */
export function repeatWithin<Result>(
  policy: RetryPolicy | NoopPolicy,
  budget: RetryBudget,
  attempt: () => Promise<Result>,
): Promise<Result> {
  budget.noteCall();
  const giveUp = new AbortController();
  let last: Promise<Result> | undefined;
  return policy.execute(() => {
    if (!last || budget.spend()) return (last = attempt());
    giveUp.abort();
    trace.getActiveSpan()?.setAttribute(BUDGET_EXHAUSTED, true);
    return last;
  }, giveUp.signal);
}
