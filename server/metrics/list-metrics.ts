import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { METRIC_NAME } from '#server/promql/labels/labels.ts';
import { PromqlError } from '#server/promql/promql-error.ts';
import { listMetadata } from '#server/promql/read/list-metadata.ts';
import { listLabelValues } from '#server/promql/read/list-series.ts';
import type { MetricName } from './schema.ts';

const NAMES_MAX = 10_000;
/** What has not been sent for longer is history: a graph of it needs its name, the browser need not offer it. */
const SEEN_MS = 86_400_000;

/** Every metric that was sent in the last day, with its type and what it says about itself. */
export async function listMetrics(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  signal: AbortSignal = new AbortController().signal,
): Promise<MetricName[]> {
  const nowMs = now().getTime();
  const listing = { matcherSets: [], startMs: nowMs - SEEN_MS, limit: NAMES_MAX, signal };
  try {
    const [names, metadata] = await Promise.all([
      listLabelValues(store, METRIC_NAME, listing),
      listMetadata(store, nowMs, undefined),
    ]);
    const known = new Map(metadata.toReversed().map((row) => [row.metric, row]));
    return names.slice(0, NAMES_MAX).map((name) => {
      // The series of a histogram or summary carry a suffix that its own name has not.
      const said = known.get(name) ?? known.get(name.replace(/_(bucket|sum|count|total)$/, ''));
      return { name, type: said?.type ?? '', help: said?.help ?? '' };
    });
  } catch (cause) {
    if (cause instanceof PromqlError) throw new AppError('UNAVAILABLE', cause.message, { cause });
    throw cause;
  }
}
