import { isComparison, unwrapParens, type ComparisonOp, type Expr } from '#server/promql/ast.ts';
import { typeOf } from '#server/promql/parse/signatures.ts';

/** `<vector> <op> <number>`: what most alerts are. */
export interface Threshold {
  /** The text of the vector. */
  vector: string;
  op: ComparisonOp;
  limit: number;
}

/**
 * Takes an expression that compares a vector with a number apart, so that the vector can be asked alone: what is under the
 * threshold is then known too. Null for any other expression.
 */
export function splitThreshold(text: string, expr: Expr): Threshold | null {
  const top = unwrapParens(expr);
  if (top.kind !== 'binary' || !isComparison(top.op) || top.returnBool || typeOf(top.left) !== 'vector') return null;
  const limit = numberOf(top.right);
  if (limit === null) return null;
  const { start, end } = top.left.position;
  return { vector: text.slice(start, end), op: top.op, limit };
}

export function compare(value: number, op: ComparisonOp, limit: number): boolean {
  switch (op) {
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
  }
}

/** Of the values that a threshold is held against the one nearest to it, or farthest beyond: what a person looks for. */
export function nearest({ op, limit }: Threshold, all: readonly number[]): number | null {
  const values = all.filter((value) => !Number.isNaN(value));
  if (values.length === 0) return null;
  if (op === '<' || op === '<=') return values.reduce((a, b) => Math.min(a, b));
  if (op === '>' || op === '>=') return values.reduce((a, b) => Math.max(a, b));
  return values.find((value) => compare(value, op, limit)) ?? values[0]!;
}

function numberOf(expr: Expr): number | null {
  const plain = unwrapParens(expr);
  if (plain.kind === 'number') return plain.value;
  if (plain.kind !== 'unary') return null;
  const value = numberOf(plain.expr);
  return value === null ? null : plain.op === '-' ? -value : value;
}
