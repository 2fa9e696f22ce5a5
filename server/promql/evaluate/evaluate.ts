import type { Expr, Unary } from '../ast.ts';
import { callFunction } from '../functions/call-function.ts';
import { PromqlError } from '../promql-error.ts';
import { aggregate } from './aggregate.ts';
import { evaluateBinary } from './binary.ts';
import type { Evaluation } from './evaluation.ts';
import { selectInstant } from './select-instant.ts';
import { scaleHistogram } from '../histogram/arithmetic.ts';
import { mergeSameLabels, type Grid, type Value, type VectorSeries } from './values.ts';

/** The value of an expression at every step of a grid. Ranges have none: `selectRange` reads them for their functions. */
export async function evaluate(evaluation: Evaluation, expr: Expr, grid: Grid): Promise<Value> {
  await evaluation.breathe();
  switch (expr.kind) {
    case 'number':
      return { type: 'scalar', values: new Float64Array(grid.count).fill(expr.value) };
    case 'string':
      return { type: 'string', text: expr.value };
    case 'paren':
      return evaluate(evaluation, expr.expr, grid);
    case 'vectorSelector':
      return { type: 'vector', series: await selectInstant(evaluation, expr, grid) };
    case 'unary':
      return evaluateUnary(evaluation, expr, grid);
    case 'binary':
      return evaluateBinary(evaluation, expr, grid);
    case 'aggregate':
      return { type: 'vector', series: await aggregate(evaluation, expr, grid) };
    case 'call':
      return callFunction(evaluation, expr, grid);
    case 'matrixSelector':
    case 'subquery':
      throw new PromqlError('internal', 'a range was evaluated outside of a function that takes ranges');
  }
}

export async function evaluateVector(evaluation: Evaluation, expr: Expr, grid: Grid): Promise<VectorSeries[]> {
  const value = await evaluate(evaluation, expr, grid);
  if (value.type === 'vector') return value.series;
  throw new PromqlError('internal', `expected an instant vector, got ${value.type}`);
}

export async function evaluateScalar(evaluation: Evaluation, expr: Expr, grid: Grid): Promise<Float64Array> {
  const value = await evaluate(evaluation, expr, grid);
  if (value.type === 'scalar') return value.values;
  throw new PromqlError('internal', `expected a scalar, got ${value.type}`);
}

async function evaluateUnary(evaluation: Evaluation, expr: Unary, grid: Grid): Promise<Value> {
  const value = await evaluate(evaluation, expr.expr, grid);
  if (expr.op === '+' || value.type === 'string') return value;
  if (value.type === 'scalar') return { type: 'scalar', values: value.values.map((number) => -number) };
  const series = value.series.map(({ labels, values, has, histograms }) => ({
    labels: labels.withoutName(),
    values: values.map((number) => -number),
    has,
    histograms: histograms?.map((one) => one && scaleHistogram(one, -1)),
  }));
  return { type: 'vector', series: mergeSameLabels(series) };
}
