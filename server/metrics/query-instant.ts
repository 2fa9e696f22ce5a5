import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { formatFloat } from '#server/promql/print/format-float.ts';
import { histogramToString } from '#server/promql/histogram/print.ts';
import { queryInstant as evaluate, type QueryData, type QueryResult, type SampleRow } from '#server/promql/query.ts';
import { runQuery } from './run-query.ts';
import { ROWS_MAX, type InstantData, type InstantRow, type MetricsAnswer, type QueryInstantInput } from './schema.ts';

/** The value of an expression at one moment. */
export function queryInstant(
  ctx: Pick<Ctx, 'store'>,
  { expr, timeMs }: z.output<typeof QueryInstantInput>,
  signal?: AbortSignal,
): Promise<MetricsAnswer<InstantData>> {
  return runQuery(
    ctx,
    expr,
    signal,
    (options) => evaluate({ ...options, timeMs }),
    (result) => toInstantData(result, timeMs),
  );
}

function toInstantData({ data, warnings, infos }: QueryResult, timeMs: number): InstantData {
  const rowsTotal = 'result' in data ? data.result.length : 1;
  return { timeMs, resultType: data.resultType, rows: toRows(data), rowsTotal, warnings, infos };
}

/** Samples of one range that a cell shows: the newest. */
const SAMPLES_MAX = 20;

function toRows(data: QueryData): InstantRow[] {
  switch (data.resultType) {
    case 'string':
      return [{ labels: {}, value: data.text }];
    case 'scalar':
      return [{ labels: {}, value: formatFloat(data.value, 'json') }];
    case 'vector':
      return data.result.slice(0, ROWS_MAX).map(({ labels, value, histogram }) => ({
        labels: labels.toJSON(),
        value: histogram ? histogramToString(histogram) : formatFloat(value, 'json'),
      }));
    case 'matrix':
      return data.result
        .slice(0, ROWS_MAX)
        .map((row) => ({ labels: row.labels.toJSON(), value: samplesOf(row).slice(-SAMPLES_MAX).join('\n') }));
  }
}

function samplesOf({ timestamps, values, histograms }: SampleRow): string[] {
  const floats = Array.from(values, (value, place) => ({ ms: timestamps[place]!, text: formatFloat(value, 'json') }));
  const others = (histograms?.values ?? []).map((value, place) => ({
    ms: histograms!.timestamps[place]!,
    text: histogramToString(value),
  }));
  return [...floats, ...others].toSorted((a, b) => a.ms - b.ms).map(({ ms, text }) => `${text} @${ms / 1000}`);
}
