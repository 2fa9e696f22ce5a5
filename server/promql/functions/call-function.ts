import type { Call } from '../ast.ts';
import { unwrapParens } from '../ast.ts';
import { evaluateScalar, evaluateVector } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { selectInstant } from '../evaluate/select-instant.ts';
import {
  createSeries,
  mergeSameLabels,
  presenceOf,
  timeAt,
  type Grid,
  type Value,
  type VectorSeries,
} from '../evaluate/values.ts';
import { Labels } from '../labels/labels.ts';
import { PromqlError } from '../promql-error.ts';
import { absent, absentOverTime } from './absent.ts';
import { callRangeFunction } from './call-range-function.ts';
import { DATE_FUNCTIONS, ELEMENT_FUNCTIONS, roundTo } from './element-functions.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { histogramVariance } from '../histogram/variance.ts';
import { histogramFraction, histogramQuantile, histogramQuantiles } from './histogram.ts';
import { info } from './info.ts';
import { joinLabels, replaceLabel } from './label-functions.ts';
import { RANGE_FUNCTIONS } from './range-functions.ts';
import { sortByLabel, sortByValue } from './sort.ts';

const HISTOGRAM_FUNCTIONS: Readonly<Record<string, (histogram: Histogram) => number>> = {
  histogram_count: ({ count }) => count,
  histogram_sum: ({ sum }) => sum,
  histogram_avg: ({ sum, count }) => sum / count,
  histogram_stdvar: histogramVariance,
  histogram_stddev: (histogram) => Math.sqrt(histogramVariance(histogram)),
};

type FunctionImplementation = (evaluation: Evaluation, expr: Call, grid: Grid) => Promise<Value> | Value;

/** Any function by its name. */
export function callFunction(evaluation: Evaluation, expr: Call, grid: Grid): Promise<Value> | Value {
  const { name } = expr;
  if (RANGE_FUNCTIONS[name]) return callRangeFunction(evaluation, expr, grid).then(vector);
  if (ELEMENT_FUNCTIONS[name]) return mapValues(evaluation, expr, grid, ELEMENT_FUNCTIONS[name]);
  if (DATE_FUNCTIONS[name]) return callDateFunction(evaluation, expr, grid, DATE_FUNCTIONS[name]);
  const implementation = FUNCTIONS[name];
  if (!implementation) throw new PromqlError('execution', `function ${JSON.stringify(name)} is not supported yet`);
  return implementation(evaluation, expr, grid);
}

const FUNCTIONS: Readonly<Record<string, FunctionImplementation>> = {
  time: (_evaluation, _expr, grid) => scalarOf(grid, (step) => timeAt(grid, step) / 1000),
  pi: (_evaluation, _expr, grid) => scalarOf(grid, () => Math.PI),
  start: ({ options }, _expr, grid) => scalarOf(grid, () => options.startMs / 1000),
  end: ({ options }, _expr, grid) => scalarOf(grid, () => options.endMs / 1000),
  range: ({ options }, _expr, grid) => scalarOf(grid, () => (options.endMs - options.startMs) / 1000),
  step: ({ options }, _expr, grid) => scalarOf(grid, () => options.stepMs / 1000),
  vector: async (evaluation, expr, grid) => {
    const values = await evaluateScalar(evaluation, expr.args[0]!, grid);
    return vector([{ labels: Labels.empty, values, has: new Uint8Array(grid.count).fill(1) }]);
  },
  scalar: async (evaluation, expr, grid) => onlyValue(await evaluateVector(evaluation, expr.args[0]!, grid), grid),
  timestamp: callTimestamp,
  clamp: async (evaluation, expr, grid) => {
    const low = await evaluateScalar(evaluation, expr.args[1]!, grid);
    const high = await evaluateScalar(evaluation, expr.args[2]!, grid);
    return clamp(evaluation, expr, grid, low, high);
  },
  clamp_min: async (evaluation, expr, grid) =>
    clamp(evaluation, expr, grid, await evaluateScalar(evaluation, expr.args[1]!, grid), undefined),
  clamp_max: async (evaluation, expr, grid) =>
    clamp(evaluation, expr, grid, undefined, await evaluateScalar(evaluation, expr.args[1]!, grid)),
  round: async (evaluation, expr, grid) => {
    const nearest = expr.args[1] ? await evaluateScalar(evaluation, expr.args[1], grid) : undefined;
    return mapValues(evaluation, expr, grid, (value, step) => roundTo(value, nearest?.[step] ?? 1));
  },
  absent: (evaluation, expr, grid) => absent(evaluation, expr, grid).then(vector),
  absent_over_time: (evaluation, expr, grid) => absentOverTime(evaluation, expr, grid).then(vector),
  info: (evaluation, expr, grid) => info(evaluation, expr, grid).then(vector),
  label_replace: (evaluation, expr, grid) => replaceLabel(evaluation, expr, grid).then(vector),
  label_join: (evaluation, expr, grid) => joinLabels(evaluation, expr, grid).then(vector),
  sort: (evaluation, expr, grid) => sortByValue(evaluation, expr, grid, 1).then(vector),
  sort_desc: (evaluation, expr, grid) => sortByValue(evaluation, expr, grid, -1).then(vector),
  sort_by_label: (evaluation, expr, grid) => sortByLabel(evaluation, expr, grid, 1).then(vector),
  sort_by_label_desc: (evaluation, expr, grid) => sortByLabel(evaluation, expr, grid, -1).then(vector),
  histogram_quantile: (evaluation, expr, grid) => histogramQuantile(evaluation, expr, grid).then(vector),
  histogram_quantiles: (evaluation, expr, grid) => histogramQuantiles(evaluation, expr, grid).then(vector),
  histogram_fraction: (evaluation, expr, grid) => histogramFraction(evaluation, expr, grid).then(vector),
  ...Object.fromEntries(
    Object.entries(HISTOGRAM_FUNCTIONS).map(([name, compute]) => [
      name,
      (evaluation: Evaluation, expr: Call, grid: Grid) => mapHistograms(evaluation, expr, grid, compute),
    ]),
  ),
};

function vector(series: VectorSeries[]): Value {
  return { type: 'vector', series };
}

function scalarOf(grid: Grid, compute: (step: number) => number): Value {
  return { type: 'scalar', values: Float64Array.from({ length: grid.count }, (_, step) => compute(step)) };
}

/** Of histograms only: floats are left out. */
async function mapHistograms(
  evaluation: Evaluation,
  expr: Call,
  grid: Grid,
  compute: (histogram: Histogram) => number,
): Promise<Value> {
  const rows = await evaluateVector(evaluation, expr.args[0]!, grid);
  const results = rows.map(({ labels, histograms }) => {
    const result = createSeries(labels.withoutName(), grid.count);
    histograms?.forEach((histogram, step) => {
      if (!histogram) return;
      result.has[step] = 1;
      result.values[step] = compute(histogram);
    });
    return result;
  });
  return vector(mergeSameLabels(results));
}

async function mapValues(
  evaluation: Evaluation,
  expr: Call,
  grid: Grid,
  compute: (value: number, step: number) => number,
): Promise<Value> {
  const rows = await evaluateVector(evaluation, expr.args[0]!, grid);
  return vector(mergeSameLabels(rows.map((row) => mapRow(row, compute))));
}

function mapRow({ labels, values, has }: VectorSeries, compute: (value: number, step: number) => number): VectorSeries {
  const mapped = new Float64Array(values.length);
  for (let step = 0; step < values.length; step++) if (has[step] === 1) mapped[step] = compute(values[step]!, step);
  return { labels: labels.withoutName(), values: mapped, has };
}

async function callDateFunction(
  evaluation: Evaluation,
  expr: Call,
  grid: Grid,
  compute: (seconds: number) => number,
): Promise<Value> {
  if (expr.args.length > 0) return mapValues(evaluation, expr, grid, compute);
  const values = Float64Array.from({ length: grid.count }, (_, step) => compute(timeAt(grid, step) / 1000));
  return vector([{ labels: Labels.empty, values, has: new Uint8Array(grid.count).fill(1) }]);
}

/** The one value of a vector, and NaN at steps where there is none or more than one. */
function onlyValue(rows: VectorSeries[], grid: Grid): Value {
  return scalarOf(grid, (step) => {
    const present = rows.filter(({ has }) => has[step] === 1);
    return present.length === 1 ? present[0]!.values[step]! : NaN;
  });
}

/** Of a selector the times of its samples; of anything else the times of evaluation. */
async function callTimestamp(evaluation: Evaluation, expr: Call, grid: Grid): Promise<Value> {
  const arg = unwrapParens(expr.args[0]!);
  if (arg.kind !== 'vectorSelector') {
    const found = await evaluateVector(evaluation, expr.args[0]!, grid);
    const times = (_value: number, step: number) => timeAt(grid, step) / 1000;
    return vector(mergeSameLabels(found.map((row) => mapRow({ ...row, has: presenceOf(row) }, times))));
  }
  const rows = await selectInstant(evaluation, arg, grid, 'time');
  return vector(mergeSameLabels(rows.map((row) => ({ ...row, labels: row.labels.withoutName() }))));
}

async function clamp(
  evaluation: Evaluation,
  expr: Call,
  grid: Grid,
  low: Float64Array | undefined,
  high: Float64Array | undefined,
): Promise<Value> {
  const rows = await evaluateVector(evaluation, expr.args[0]!, grid);
  const clamped = rows.map((row) => {
    const result = createSeries(row.labels.withoutName(), grid.count);
    for (let step = 0; step < grid.count; step++) {
      const [min, max] = [low?.[step] ?? -Infinity, high?.[step] ?? Infinity];
      if (row.has[step] === 0 || max < min) continue;
      result.has[step] = 1;
      result.values[step] = larger(min, smaller(max, row.values[step]!));
    }
    return result;
  });
  return vector(mergeSameLabels(clamped));
}

/** As Go has it: infinity beats NaN where it decides. */
function larger(a: number, b: number): number {
  return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

function smaller(a: number, b: number): number {
  return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}
