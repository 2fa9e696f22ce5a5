import { Budgets, type IngestLimits } from '../limits/budgets.ts';
import type { Receiving } from '../receiving.ts';

/** What a door needs, with the default limits where no others are given. */
export function openReceiving(limits: Partial<IngestLimits> = {}): Receiving {
  return { count: () => {}, budgets: new Budgets(limits) };
}
