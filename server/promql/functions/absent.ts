import type { Call, Expr } from '../ast.ts';
import { unwrapParens } from '../ast.ts';
import { evaluateVector } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { selectRange } from '../evaluate/select-range.ts';
import { createSeries, presenceOf, type Grid, type VectorSeries } from '../evaluate/values.ts';
import { Labels, METRIC_NAME } from '../labels/labels.ts';
import { rangeArgument } from './call-range-function.ts';

/** 1 at the steps where the vector is empty. */
export async function absent(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const rows = await evaluateVector(evaluation, expr.args[0]!, grid);
  const present = rows.map(presenceOf);
  return absentWhere(grid, expr.args[0]!, (step) => present.every((has) => has[step] === 0));
}

/** 1 at the steps where no series has a sample in the range. */
export async function absentOverTime(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const arg = rangeArgument(expr);
  const { series, reference, rangeMs } = await selectRange(evaluation, arg, grid);
  const present = new Uint8Array(grid.count);
  const columns = series.flatMap(({ timestamps, histograms }) =>
    histograms ? [timestamps, histograms.timestamps] : [timestamps],
  );
  for (const timestamps of columns) {
    await evaluation.breathe();
    let next = 0;
    for (let step = 0; step < grid.count; step++) {
      const endMs = reference.baseMs + step * reference.perStepMs;
      while (next < timestamps.length && timestamps[next]! <= endMs) next++;
      if (next > 0 && timestamps[next - 1]! > endMs - rangeMs) present[step] = 1;
    }
  }
  return absentWhere(grid, expr.args[0]!, (step) => present[step] === 0);
}

function absentWhere(grid: Grid, arg: Expr, isAbsent: (step: number) => boolean): VectorSeries[] {
  const row = createSeries(expectedLabels(arg), grid.count);
  row.values.fill(1);
  for (let step = 0; step < grid.count; step++) if (isAbsent(step)) row.has[step] = 1;
  return row.has.includes(1) ? [row] : [];
}

/** Those that the missing series would have had for certain: of matchers for one value, where only one names the label. */
function expectedLabels(arg: Expr): Labels {
  const expr = unwrapParens(arg);
  const selector = expr.kind === 'matrixSelector' ? expr.vector : expr;
  if (selector.kind !== 'vectorSelector') return Labels.empty;
  const { matchers } = selector;
  const certain = matchers.filter(
    ({ name, op }) =>
      name !== METRIC_NAME && op === '=' && matchers.filter((other) => other.name === name).length === 1,
  );
  return Labels.from(certain.map(({ name, value }) => [name, value]));
}
