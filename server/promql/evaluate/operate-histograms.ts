import type { Binary } from '../ast.ts';
import { addHistograms, divideHistogram, scaleHistogram, subtractHistograms } from '../histogram/arithmetic.ts';
import { isSameHistogram } from '../histogram/compare.ts';
import type { Histogram } from '../histogram/histogram.ts';
import type { Evaluation } from './evaluation.ts';

/** An operator with a histogram on at least one side; undefined where there is no value, of which the query is told. */
export function operateHistograms(
  evaluation: Evaluation,
  expr: Binary,
  left: number | Histogram,
  right: number | Histogram,
): number | Histogram | undefined {
  const { op, returnBool } = expr;
  if (typeof left === 'object' && typeof right === 'object') {
    if (op === '+' || op === '-') {
      const result = op === '+' ? addHistograms(left, right) : subtractHistograms(left, right);
      if (typeof result === 'object') return result;
      evaluation.warn(`incompatible bucket layout encountered for binary operator ${op}`, expr.position);
      return undefined;
    }
    if (op === '==' || op === '!=') {
      const holds = isSameHistogram(left, right) === (op === '==');
      return returnBool ? Number(holds) : holds ? left : undefined;
    }
  } else if (op === '*') {
    return typeof left === 'object' ? scaleHistogram(left, right as number) : scaleHistogram(right as Histogram, left);
  } else if (op === '/' && typeof left === 'object') return divideHistogram(left, right as number);
  const [lhs, rhs] = [left, right].map((side) => (typeof side === 'object' ? 'histogram' : 'float'));
  const reason = `incompatible sample types encountered for binary operator "${op}": ${lhs} ${op} ${rhs}`;
  evaluation.inform(reason, expr.position);
  return undefined;
}
