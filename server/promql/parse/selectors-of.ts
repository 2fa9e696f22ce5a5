import type { Expr, VectorSelector } from '../ast.ts';

/** The selectors of an expression, in the order of its text. */
export function selectorsOf(expr: Expr): VectorSelector[] {
  switch (expr.kind) {
    case 'vectorSelector':
      return [expr];
    case 'matrixSelector':
      return [expr.vector];
    case 'aggregate':
      return [...(expr.param ? selectorsOf(expr.param) : []), ...selectorsOf(expr.expr)];
    case 'binary':
      return [...selectorsOf(expr.left), ...selectorsOf(expr.right)];
    case 'call':
      // The second argument of info() picks labels, not series.
      return (expr.name === 'info' ? expr.args.slice(0, 1) : expr.args).flatMap(selectorsOf);
    case 'subquery':
    case 'unary':
    case 'paren':
      return selectorsOf(expr.expr);
    case 'number':
    case 'string':
      return [];
  }
}
