import type { Call } from '../ast.ts';
import { evaluateVector } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { floatsOf, isPopulated, type Grid, type VectorSeries } from '../evaluate/values.ts';
import { texts } from './label-functions.ts';

/**
 * Matters at a single time only: the series of a range are in the order of their labels. NaN comes last either way, and
 * histograms, which have no order, are left out.
 */
export async function sortByValue(
  evaluation: Evaluation,
  expr: Call,
  grid: Grid,
  sign: 1 | -1,
): Promise<VectorSeries[]> {
  const all = await evaluateVector(evaluation, expr.args[0]!, grid);
  const rows = all.map(floatsOf).filter(isPopulated);
  if (grid.count !== 1) return rows;
  return rows.toSorted((a, b) => {
    const [x, y] = [a.values[0]!, b.values[0]!];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return x === y ? 0 : x < y ? -sign : sign;
  });
}

/** Natural order: numbers in values count as numbers. Equal ones are ordered by all their labels. */
export async function sortByLabel(
  evaluation: Evaluation,
  expr: Call,
  grid: Grid,
  sign: 1 | -1,
): Promise<VectorSeries[]> {
  const rows = await evaluateVector(evaluation, expr.args[0]!, grid);
  const names = texts(expr);
  const natural = new Intl.Collator('en', { numeric: true });
  return rows.toSorted((a, b) => {
    for (const name of names) {
      const order = natural.compare(a.labels.get(name), b.labels.get(name));
      if (order !== 0) return order * sign;
    }
    return a.labels.compare(b.labels) * sign;
  });
}
