import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readCallEfforts, type CallEffort } from '#server/store/queries/call-efforts.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { EdgeEffort, Efforts, ListEffortsInput } from './schema.ts';

/** It is read span by span: what the rollups keep knows neither retries nor parents. */
const SPAN_MS_MAX = 6 * 3_600_000;
/** More than this loads a service that is in trouble already. */
const RETRY_BUDGET = 0.1;

/** Retries and work for nothing between services, the costliest first. */
export async function listEfforts(
  { store }: Pick<Ctx, 'store'>,
  { range }: z.output<typeof ListEffortsInput>,
): Promise<Efforts> {
  checkRange(range);
  const read = { ...range, fromMs: Math.max(range.fromMs, range.toMs - SPAN_MS_MAX) };
  const rows = await readCallEfforts(store, read);
  return { range: read, retryBudget: RETRY_BUDGET, edges: rows.map(toEdge).toSorted(byCost) };
}

function toEdge({ attempts, retries, ...counts }: CallEffort): EdgeEffort {
  const requests = attempts - retries;
  return {
    ...counts,
    attempts,
    retries,
    requests,
    attemptsPerRequest: requests > 0 ? attempts / requests : null,
    retryRatio: requests > 0 ? retries / requests : null,
  };
}

function byCost(a: EdgeEffort, b: EdgeEffort): number {
  return b.wastedMs - a.wastedMs || (b.retryRatio ?? 0) - (a.retryRatio ?? 0) || b.attempts - a.attempts;
}
