import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { queryRange as evaluate, type QueryResult, type SampleRow } from '#server/promql/query.ts';
import { runQuery } from './run-query.ts';
import {
  SERIES_DRAWN_MAX,
  type MetricSeries,
  type MetricsAnswer,
  type QueryRangeInput,
  type RangeData,
} from './schema.ts';

/** The lines of an expression, at whole multiples of the step, so that a live graph does not tremble. */
export function queryRange(
  ctx: Pick<Ctx, 'store'>,
  { expr, range, stepMs }: z.output<typeof QueryRangeInput>,
  signal?: AbortSignal,
): Promise<MetricsAnswer<RangeData>> {
  const startMs = Math.ceil(range.fromMs / stepMs) * stepMs;
  const endMs = Math.max(startMs, Math.floor(range.toMs / stepMs) * stepMs);
  return runQuery(
    ctx,
    expr,
    signal,
    (options) => evaluate({ ...options, startMs, endMs, stepMs }),
    (result) => toRangeData(result, startMs, endMs, stepMs),
  );
}

function toRangeData(
  { data, warnings, infos }: QueryResult,
  startMs: number,
  endMs: number,
  stepMs: number,
): RangeData {
  const rows = data.resultType === 'matrix' ? data.result : [];
  const count = Math.floor((endMs - startMs) / stepMs) + 1;
  const drawn = rows.filter(({ values }) => values.length > 0);
  const notes = drawn.length < rows.length ? [...infos, NO_LINE] : infos;
  const series = drawn.slice(0, SERIES_DRAWN_MAX).map((row) => toSeries(row, startMs, stepMs, count));
  return { startMs, stepMs, series, seriesTotal: drawn.length, warnings, infos: notes };
}

/** Of the graph, which shows numbers. */
const NO_LINE =
  'native histograms have no line of their own: ask for histogram_quantile(0.9, …), histogram_avg(…) or histogram_count(…)';

function toSeries(
  { labels, timestamps, values }: SampleRow,
  startMs: number,
  stepMs: number,
  count: number,
): MetricSeries {
  const dense = Array.from<number | null>({ length: count }).fill(null);
  // Neither NaN nor infinity has a place on an axis, nor in JSON.
  for (const [place, tMs] of timestamps.entries()) {
    const value = values[place]!;
    if (Number.isFinite(value)) dense[Math.round((tMs - startMs) / stepMs)] = value;
  }
  return { labels: labels.toJSON(), values: dense };
}
