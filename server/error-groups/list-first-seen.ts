import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readErrorFirstSeen } from '#server/store/queries/error-first-seen.ts';
import type { FirstSeen, FirstSeenInput } from './schema.ts';

/** Traces and logs are kept for a week unless an operator says otherwise; nobody remembers an error for longer. */
const LOOKBACK_MS = 7 * 86_400_000;

/** When these kinds of failure were first seen before a moment; one that is not in the answer is new since then. */
export async function listFirstSeen(
  { store }: Pick<Ctx, 'store'>,
  { beforeMs, fingerprints, services }: z.output<typeof FirstSeenInput>,
): Promise<FirstSeen[]> {
  if (fingerprints.length === 0) return [];
  const range = { fromMs: Math.max(0, beforeMs - LOOKBACK_MS), toMs: beforeMs };
  return readErrorFirstSeen(store, range, fingerprints, services);
}
