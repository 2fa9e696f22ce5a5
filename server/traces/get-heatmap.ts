import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { planSeries } from '#server/services/plan-series.ts';
import { readDurationBuckets } from '#server/store/queries/duration-buckets.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { DurationBucket, SearchTracesInput } from './schema.ts';

const COLUMNS_MAX = 60;
/** A step of 1.33 times: fine enough to see two humps, coarse enough to fill the cells. */
const RUNGS_PER_DECADE = 8;

/** How long matching traces took over time; cells without any are left out. */
export async function getHeatmap(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { sort: _sort, limit: _limit, ...filter }: z.output<typeof SearchTracesInput>,
): Promise<DurationBucket[]> {
  checkRange(filter.range);
  const { stepMs } = planSeries(filter.range, COLUMNS_MAX, now().getTime());
  const rows = await readDurationBuckets(store, filter, stepMs, RUNGS_PER_DECADE);
  return rows.map(({ rung, ...cell }) => ({ ...cell, durationMs: 10 ** (rung / RUNGS_PER_DECADE) }));
}
