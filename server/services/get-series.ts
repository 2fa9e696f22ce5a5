import type { Ctx } from '#server/context.ts';
import { readServiceSeries, readServiceSeriesOfMinutes } from '#server/store/queries/service-series.ts';
import { checkRange } from '#server/time/check-range.ts';
import { planSeries } from './plan-series.ts';
import type { RedPoint, RedSeries, ServiceSeriesInput } from './schema.ts';

const NS_PER_MS = 1e6;

/** Rate, errors and duration of a service by aligned buckets; the bucket that is still running is left out. */
export async function getSeries(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { service, range, buckets }: ServiceSeriesInput,
): Promise<RedSeries> {
  checkRange(range);
  const { source, stepMs, fromMs, toMs } = planSeries(range, buckets, now().getTime());
  if (toMs <= fromMs) return { stepMs, points: [] };
  const read = source === 'spans' ? readServiceSeries : readServiceSeriesOfMinutes;
  const rows = new Map((await read(store, service, { fromMs, toMs }, stepMs)).map((row) => [row.bucket, row]));
  const seconds = stepMs / 1_000;
  const points = Array.from({ length: (toMs - fromMs) / stepMs }, (_, bucket): RedPoint => {
    const tMs = fromMs + bucket * stepMs;
    const row = rows.get(bucket);
    if (!row || row.requests === 0) return { tMs, ...NOTHING };
    const [p50 = 0, p95 = 0, p99 = 0] = row.quantilesNs;
    return {
      tMs,
      requestsPerS: row.requests / seconds,
      errorsPerS: row.failed / seconds,
      errorRatio: row.failed / row.requests,
      latencyMsP50: p50 / NS_PER_MS,
      latencyMsP95: p95 / NS_PER_MS,
      latencyMsP99: p99 / NS_PER_MS,
    };
  });
  return { stepMs, points };
}

const NOTHING = {
  requestsPerS: 0,
  errorsPerS: 0,
  errorRatio: null,
  latencyMsP50: null,
  latencyMsP95: null,
  latencyMsP99: null,
};
