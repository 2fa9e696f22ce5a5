import type { Binary, BinaryOp, SetOp } from '../ast.ts';
import { isSetOp } from '../ast.ts';
import { combineSets } from './combine-sets.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { matchVectors } from './match-vectors.ts';
import { operateHistograms } from './operate-histograms.ts';
import { arithmetic, comparison } from './operate.ts';
import { mergeSameLabels, setHistogram, type Grid, type Value, type VectorSeries } from './values.ts';

/** An operator between two scalars, a scalar and a vector, or two vectors. */
export async function evaluateBinary(evaluation: Evaluation, expr: Binary, grid: Grid): Promise<Value> {
  const [left, right] = await both(evaluate(evaluation, expr.left, grid), evaluate(evaluation, expr.right, grid));
  if (left.type === 'vector' && right.type === 'vector') {
    evaluation.checkSize((left.series.length + right.series.length) * grid.count);
    const { matching } = expr;
    if (!matching) return { type: 'vector', series: [] };
    const series = isSetOp(expr.op)
      ? combineSets(expr.op as SetOp, matching, left.series, right.series, grid.count)
      : await matchVectors(evaluation, expr, matching, left.series, right.series, grid.count);
    return { type: 'vector', series };
  }
  if (left.type === 'scalar' && right.type === 'scalar') return betweenScalars(expr.op, left.values, right.values);
  if (left.type === 'vector' && right.type === 'scalar')
    return { type: 'vector', series: withScalar(evaluation, expr, left.series, right.values, false) };
  if (left.type === 'scalar' && right.type === 'vector')
    return { type: 'vector', series: withScalar(evaluation, expr, right.series, left.values, true) };
  return { type: 'vector', series: [] };
}

/** Like Promise.all, but neither is left to fail unheard while the other still runs. */
async function both<Left, Right>(left: Promise<Left>, right: Promise<Right>): Promise<[Left, Right]> {
  await Promise.allSettled([left, right]);
  return [await left, await right];
}

function betweenScalars(op: BinaryOp, left: Float64Array, right: Float64Array): Value {
  const compute = arithmetic(op);
  const compare = comparison(op);
  const values = left.map((number, step) =>
    compute ? compute(number, right[step]!) : Number(compare!(number, right[step]!)),
  );
  return { type: 'scalar', values };
}

function withScalar(
  evaluation: Evaluation,
  expr: Binary,
  rows: VectorSeries[],
  scalar: Float64Array,
  scalarIsLeft: boolean,
): VectorSeries[] {
  const compute = arithmetic(expr.op);
  const compare = comparison(expr.op);
  const dropsName = compute !== undefined || expr.returnBool;
  const results = rows.map((row) => {
    const { labels, values, has } = row;
    const result: VectorSeries = {
      labels: dropsName ? labels.withoutName() : labels,
      values: new Float64Array(values.length),
      has: has.slice(),
    };
    for (let step = 0; step < values.length; step++) {
      if (has[step] === 0) continue;
      const left = scalarIsLeft ? scalar[step]! : values[step]!;
      const right = scalarIsLeft ? values[step]! : scalar[step]!;
      if (compute) result.values[step] = compute(left, right);
      else {
        const holds = compare!(left, right);
        // A filter keeps the vector's value, on whichever side it stands.
        result.values[step] = expr.returnBool ? Number(holds) : values[step]!;
        if (!holds && !expr.returnBool) result.has[step] = 0;
      }
    }
    row.histograms?.forEach((histogram, step) => {
      if (!histogram) return;
      const value = scalarIsLeft
        ? operateHistograms(evaluation, expr, scalar[step]!, histogram)
        : operateHistograms(evaluation, expr, histogram, scalar[step]!);
      if (typeof value === 'object') setHistogram(result, step, value);
    });
    return result;
  });
  return mergeSameLabels(results);
}
