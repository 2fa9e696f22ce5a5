import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { findTraces } from '#server/store/queries/find-traces.ts';
import { readTraceBounds } from '#server/store/queries/trace-bounds.ts';
import { readTraceSummaries } from '#server/store/queries/trace-summaries.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { SearchTracesInput, SearchTracesResult } from './schema.ts';
import { summariseTraces } from './summarise-traces.ts';

/** Finds matching traces first, then sums up those that are shown: only their spans are read in full. */
export async function searchTraces(
  { store }: Pick<Ctx, 'store'>,
  { sort, limit, ...filter }: z.output<typeof SearchTracesInput>,
): Promise<SearchTracesResult> {
  checkRange(filter.range);
  checkDurations(filter);
  const found = await findTraces(store, filter, sort, limit + 1);
  const shown = found.slice(0, limit);
  const bounds = shown.length > 0 ? await readTraceBounds(store, shown) : null;
  if (!bounds) return { traces: [], truncated: false };
  const traces = summariseTraces(await readTraceSummaries(store, shown, bounds));
  return {
    traces: traces.toSorted((a, b) => (sort === 'newest' ? b.startMs - a.startMs : b.durationMs - a.durationMs)),
    truncated: found.length > limit,
  };
}

function checkDurations({ minDurationMs = 0, maxDurationMs = Infinity }: Durations): void {
  if (minDurationMs <= maxDurationMs) return;
  throw new AppError('BAD_REQUEST', 'The shortest duration is above the longest: no trace can match. Swap the two.');
}

interface Durations {
  minDurationMs?: number | undefined;
  maxDurationMs?: number | undefined;
}
