import type { Aggregate } from '../ast.ts';
import { METRIC_NAME, type Labels } from '../labels/labels.ts';
import { formatFloat } from '../print/format-float.ts';
import { quantileOf } from '../functions/quantile.ts';
import { PromqlError } from '../promql-error.ts';
import { evaluateScalar, evaluateVector } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { ACCUMULATORS } from './accumulate.ts';
import { asPresence, pickPresent, sumHistograms, withoutUnusable } from './aggregate-histograms.ts';
import { histogramToString } from '../histogram/print.ts';
import { checkRatios, limitRatio } from './limit-ratio.ts';
import { pickRows } from './pick-rows.ts';
import { createSeries, isPopulated, type Grid, type VectorSeries } from './values.ts';

export interface RowGroup {
  labels: Labels;
  rows: VectorSeries[];
}

/** An aggregation over the series of each group, step by step. */
export async function aggregate(evaluation: Evaluation, expr: Aggregate, grid: Grid): Promise<VectorSeries[]> {
  const rows = await evaluateVector(evaluation, expr.expr, grid);
  const groups = groupRows(expr, rows);
  const { op, param } = expr;
  if (op === 'count_values') return countValues(expr, groups, grid.count);
  let parameter = param ? await evaluateScalar(evaluation, param, grid) : new Float64Array(grid.count);
  if (op === 'limit_ratio') parameter = checkRatios(evaluation, parameter, param!.position);
  const results: VectorSeries[] = [];
  for (const every of groups) {
    await evaluation.breathe();
    const group = withoutUnusable(evaluation, expr, every);
    switch (op) {
      case 'topk':
      case 'bottomk':
        results.push(...pickRows(op, group, parameter));
        break;
      case 'limitk':
        results.push(...pickPresent(group, (present) => pickRows(op, present, parameter)));
        break;
      case 'quantile':
        results.push(quantileRow(group, parameter));
        break;
      case 'limit_ratio':
        results.push(...pickPresent(group, (present) => limitRatio(present.rows, parameter)));
        break;
      default:
        results.push(accumulateRow(evaluation, expr, op, group, grid.count));
    }
  }
  if (op === 'quantile' && param) warnOfQuantiles(evaluation, parameter, param.position);
  return results.filter(isPopulated);
}

function groupRows(expr: Aggregate, rows: VectorSeries[]): RowGroup[] {
  const names = new Set(expr.without ? [...expr.grouping, METRIC_NAME] : expr.grouping);
  const groups = new Map<string, RowGroup>();
  for (const row of rows) {
    const labels = expr.without ? row.labels.without(names) : row.labels.keep(names);
    const group = groups.get(labels.key);
    if (group) group.rows.push(row);
    else groups.set(labels.key, { labels, rows: [row] });
  }
  return [...groups.values()];
}

function accumulateRow(
  evaluation: Evaluation,
  expr: Aggregate,
  op: keyof typeof ACCUMULATORS,
  group: RowGroup,
  count: number,
): VectorSeries {
  const { labels, rows } = op === 'count' || op === 'group' ? asPresence(group) : group;
  const result = createSeries(labels, count);
  for (const { has } of rows) for (let step = 0; step < count; step++) result.has[step]! |= has[step]!;
  ACCUMULATORS[op](rows, result.values);
  if (rows.some(({ histograms }) => histograms)) sumHistograms(evaluation, expr, group, result);
  return result;
}

function quantileRow({ labels, rows }: RowGroup, parameter: Float64Array): VectorSeries {
  const result = createSeries(labels, parameter.length);
  const found = new Float64Array(rows.length);
  for (let step = 0; step < parameter.length; step++) {
    let size = 0;
    for (const { values, has } of rows) if (has[step] === 1) found[size++] = values[step]!;
    if (size === 0) continue;
    result.has[step] = 1;
    result.values[step] = quantileOf(parameter[step]!, found.slice(0, size));
  }
  return result;
}

export function warnOfQuantiles(
  evaluation: Evaluation,
  quantiles: Float64Array,
  position: Aggregate['position'],
): void {
  for (const quantile of new Set(quantiles)) {
    if (quantile >= 0 && quantile <= 1) continue;
    evaluation.warn(`quantile value should be between 0 and 1, got ${formatFloat(quantile, 'g')}`, position);
  }
}

function countValues(expr: Aggregate, groups: RowGroup[], count: number): VectorSeries[] {
  const { param } = expr;
  const name = param?.kind === 'string' ? param.value : '';
  if (name === '') throw new PromqlError('execution', `invalid label name ${JSON.stringify(name)}`);
  // `by` may keep the label that the values are written to: they win.
  const results = new Map<string, VectorSeries>();
  for (const { labels, rows } of groups) {
    for (const { values, has, histograms } of rows) {
      for (let step = 0; step < count; step++) {
        const histogram = histograms?.[step];
        if (has[step] === 0 && !histogram) continue;
        const text = histogram ? histogramToString(histogram) : formatFloat(values[step]!, 'f');
        const counted = labels.with(name, text);
        const result = results.get(counted.key) ?? createSeries(counted, count);
        results.set(counted.key, result);
        result.has[step] = 1;
        result.values[step]!++;
      }
    }
  }
  return [...results.values()];
}
