import type { Call, Position } from '../ast.ts';
import { warnOfQuantiles } from '../evaluate/aggregate.ts';
import { evaluateScalar, evaluateVector } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import {
  createSeries,
  mergeSameLabels,
  type Grid,
  type HistogramSteps,
  type VectorSeries,
} from '../evaluate/values.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { histogramFractionOf, histogramQuantileOf } from '../histogram/quantile.ts';
import { METRIC_NAME, type Labels } from '../labels/labels.ts';
import { formatFloat } from '../print/format-float.ts';
import { bucketFraction, bucketQuantile, type Bucket } from './buckets.ts';
import { texts } from './label-functions.ts';

/** `histogram_quantile(q, buckets)` over native histograms and classic buckets: series that differ only in `le`. */
export async function histogramQuantile(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const quantiles = await evaluateScalar(evaluation, expr.args[0]!, grid);
  warnOfQuantiles(evaluation, quantiles, expr.args[0]!.position);
  const { position } = expr.args[1]!;
  const rows = await evaluateVector(evaluation, expr.args[1]!, grid);
  return eachHistogram(evaluation, rows, position, grid, ({ name, labels }, buckets, step) => ({
    labels,
    value: quantileOf(evaluation, quantiles[step]!, buckets, name, position),
  }));
}

/** `histogram_quantiles(buckets, label, q...)`: each quantile a series of its own. */
export async function histogramQuantiles(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const { position } = expr.args[0]!;
  const rows = await evaluateVector(evaluation, expr.args[0]!, grid);
  const [label] = texts(expr) as [string];
  const results: VectorSeries[] = [];
  for (const arg of expr.args.slice(2)) {
    const quantiles = await evaluateScalar(evaluation, arg, grid);
    warnOfQuantiles(evaluation, quantiles, arg.position);
    const found = await eachHistogram(evaluation, rows, position, grid, ({ name, labels }, buckets, step) => ({
      labels: labels.with(label, formatFloat(quantiles[step]!, 'f')),
      value: quantileOf(evaluation, quantiles[step]!, buckets, name, position),
    }));
    results.push(...found);
  }
  return mergeSameLabels(results);
}

/** `histogram_fraction(lower, upper, buckets)` */
export async function histogramFraction(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const lower = await evaluateScalar(evaluation, expr.args[0]!, grid);
  const upper = await evaluateScalar(evaluation, expr.args[1]!, grid);
  const { position } = expr.args[2]!;
  const rows = await evaluateVector(evaluation, expr.args[2]!, grid);
  return eachHistogram(evaluation, rows, position, grid, ({ name, labels }, buckets, step) => {
    if (Array.isArray(buckets)) return { labels, value: bucketFraction(lower[step]!, upper[step]!, buckets) };
    if (Number.isNaN(buckets.sum)) {
      const reason = 'input to histogram_fraction has NaN observations, which are excluded from all fractions';
      evaluation.inform(`${reason}${ofMetric(name)}`, position);
    }
    return { labels, value: histogramFractionOf(lower[step]!, upper[step]!, buckets) };
  });
}

/** A classic histogram, a native one, or a series that was one and is now the other. */
interface Group {
  labels: Labels;
  name: string;
  bounds: { bound: number; row: VectorSeries }[];
  native: HistogramSteps | undefined;
}

async function eachHistogram(
  evaluation: Evaluation,
  rows: VectorSeries[],
  position: Position,
  grid: Grid,
  compute: (group: Group, buckets: Bucket[] | Histogram, step: number) => { labels: Labels; value: number },
): Promise<VectorSeries[]> {
  const results: VectorSeries[] = [];
  for (const histogram of groupBuckets(evaluation, rows, position)) {
    await evaluation.breathe();
    const ofHistogram = new Map<string, VectorSeries>();
    for (let step = 0; step < grid.count; step++) {
      const present = histogram.bounds.filter(({ row }) => row.has[step] === 1);
      const native = histogram.native?.[step];
      if (present.length === 0 && !native) continue;
      if (present.length > 0 && native) {
        const reason = 'vector contains a mix of classic and native histograms';
        evaluation.warn(`${reason}${ofMetric(histogram.name)}`, position);
        continue;
      }
      const buckets = native ?? present.map(({ bound, row }) => ({ bound, count: row.values[step]! }));
      const { labels, value } = compute(histogram, buckets, step);
      const result = ofHistogram.get(labels.key) ?? createSeries(labels, grid.count);
      ofHistogram.set(labels.key, result);
      result.has[step] = 1;
      result.values[step] = value;
    }
    results.push(...ofHistogram.values());
  }
  return mergeSameLabels(results);
}

const NOT_OF_HISTOGRAM: ReadonlySet<string> = new Set([METRIC_NAME, 'le']);
const BUCKET_LABEL: ReadonlySet<string> = new Set(['le']);

function groupBuckets(evaluation: Evaluation, rows: VectorSeries[], position: Position): Iterable<Group> {
  const histograms = new Map<string, Group>();
  const groupOf = (labels: Labels) => {
    const { key } = labels.without(BUCKET_LABEL);
    const found = histograms.get(key) ?? {
      labels: labels.without(NOT_OF_HISTOGRAM),
      name: labels.get(METRIC_NAME),
      bounds: [],
      native: undefined,
    };
    histograms.set(key, found);
    return found;
  };
  for (const row of rows) {
    if (row.histograms) {
      // A native one whose labels are those of buckets is one by itself.
      const group = groupOf(row.labels);
      if (row.labels.get('le') === '') group.native = row.histograms;
      else
        histograms.set(row.labels.key, {
          ...group,
          labels: row.labels.withoutName(),
          bounds: [],
          native: row.histograms,
        });
      if (!row.has.includes(1)) continue;
    }
    const le = row.labels.get('le');
    const name = row.labels.get(METRIC_NAME);
    const bound = parseBound(le);
    if (bound === undefined) {
      const reason = `bucket label "le" is missing or has a malformed value of ${JSON.stringify(le)}${ofMetric(name)}`;
      evaluation.warn(reason, position);
      continue;
    }
    groupOf(row.labels).bounds.push({ bound, row });
  }
  for (const { bounds } of histograms.values())
    bounds.sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0));
  return histograms.values();
}

function parseBound(le: string): number | undefined {
  if (/^[-+]?inf(inity)?$/i.test(le)) return le.startsWith('-') ? -Infinity : Infinity;
  if (/^[-+]?nan$/i.test(le)) return NaN;
  return le.trim() === le && /\d/.test(le) && !Number.isNaN(Number(le)) ? Number(le) : undefined;
}

function quantileOf(
  evaluation: Evaluation,
  quantile: number,
  buckets: Bucket[] | Histogram,
  name: string,
  position: Position,
): number {
  if (!Array.isArray(buckets)) {
    const native = histogramQuantileOf(quantile, buckets);
    if (Number.isNaN(buckets.sum) && quantile >= 0 && quantile <= 1) {
      const result = Number.isNaN(native) ? 'result is NaN' : 'result is skewed higher';
      evaluation.inform(`input to histogram_quantile has NaN observations, ${result}${ofMetric(name)}`, position);
    }
    return native;
  }
  const { value, forced } = bucketQuantile(quantile, buckets);
  if (forced) evaluation.inform(`${FORCED}${ofMetric(name)}`, position);
  return value;
}

function ofMetric(name: string): string {
  return name === '' ? '' : ` for metric name ${JSON.stringify(name)}`;
}

const FORCED =
  'input to histogram_quantile needed to be fixed for monotonicity ' +
  '(see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';
