import type { MatrixSelector, Subquery } from '../ast.ts';
import { evaluateVector } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { referenceTime, type ReferenceTime } from './reference-time.ts';
import type { Grid, HistogramSamples, RawSeries, VectorSeries } from './values.ts';
import type { Labels } from '../labels/labels.ts';

/** The samples that range functions work on: at each step those of the range before `reference`, its begin excluded. */
export interface RangeSeries {
  series: RangeRow[];
  reference: ReferenceTime;
  rangeMs: number;
}

export interface RangeRow {
  labels: Labels;
  timestamps: Float64Array;
  values: Float64Array;
  histograms?: HistogramSamples | undefined;
}

export async function selectRange(
  evaluation: Evaluation,
  expr: MatrixSelector | Subquery,
  grid: Grid,
): Promise<RangeSeries> {
  return expr.kind === 'subquery' ? runSubquery(evaluation, expr, grid) : readRange(evaluation, expr, grid);
}

async function readRange(evaluation: Evaluation, expr: MatrixSelector, grid: Grid): Promise<RangeSeries> {
  const { rangeMs, vector } = expr;
  const reference = referenceTime(evaluation, grid, vector);
  const raw = await evaluation.read(vector.matchers, reference.firstMs - rangeMs, reference.lastMs);
  return { series: raw.map(withoutStale), reference, rangeMs };
}

function withoutStale(series: RawSeries): RangeRow {
  const { labels, stale, histograms } = series;
  if (!stale) return series;
  const live = (_: number, place: number) => stale[place] === 0;
  return { labels, timestamps: series.timestamps.filter(live), values: series.values.filter(live), histograms };
}

/** The inner expression at whole multiples of the subquery's step, whatever the steps of the query are. */
async function runSubquery(evaluation: Evaluation, expr: Subquery, grid: Grid): Promise<RangeSeries> {
  const { rangeMs } = expr;
  const stepMs = expr.stepMs || evaluation.options.subqueryStepMs;
  const reference = referenceTime(evaluation, grid, expr);
  const beginMs = reference.firstMs - rangeMs;
  let startMs = stepMs * Math.trunc(beginMs / stepMs);
  if (startMs <= beginMs) startMs += stepMs;
  const count = Math.max(0, Math.floor((reference.lastMs - startMs) / stepMs) + 1);
  if (count === 0) return { series: [], reference, rangeMs };
  const inner: Grid = { startMs, stepMs, count };
  evaluation.checkSize(count);
  const rows = await evaluateVector(evaluation, expr.expr, inner);
  const times = Float64Array.from({ length: count }, (_, step) => startMs + step * stepMs);
  return { series: rows.map((row) => toRange(row, times)), reference, rangeMs };
}

function toRange({ labels, values, has, histograms }: VectorSeries, times: Float64Array): RangeRow {
  if (!has.includes(0)) return { labels, timestamps: times, values };
  const present = (_: number, step: number) => has[step] === 1;
  const row: RangeRow = { labels, timestamps: times.filter(present), values: values.filter(present) };
  if (histograms) {
    row.histograms = {
      timestamps: times.filter((_, step) => histograms[step] !== undefined),
      values: histograms.filter((one) => one !== undefined),
    };
  }
  return row;
}
