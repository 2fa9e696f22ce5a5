import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readLogCounts } from '#server/store/queries/log-counts.ts';
import { checkRange } from '#server/time/check-range.ts';
import { chooseStep } from './choose-step.ts';
import type { LogBucket, LogHistogram, LogHistogramInput } from './schema.ts';

/** How many matching lines were written in each step of time, by level. */
export async function countLogs(
  { store }: Pick<Ctx, 'store'>,
  { buckets: most, ...filter }: z.output<typeof LogHistogramInput>,
): Promise<LogHistogram> {
  checkRange(filter.range);
  const stepMs = chooseStep(filter.range, most);
  const rows = await readLogCounts(store, filter, stepMs);
  const buckets: LogBucket[] = [];
  for (const { tMs, level, count } of rows) {
    let bucket = buckets.at(-1);
    if (bucket?.tMs !== tMs) buckets.push((bucket = { tMs, counts: {} }));
    bucket.counts[level] = count;
  }
  return { stepMs, buckets };
}
