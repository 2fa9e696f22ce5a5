import type { Expr } from '../ast.ts';
import { aggregateHead, operatorWithModifiers, printExpr, subquerySuffix } from './print-expr.ts';

/** What fits into a line stays on it. */
const LINE_MAX = 100;

/** An expression over as many lines as it takes, as Prometheus's `format_query` lays it out. */
export function prettyPrint(expr: Expr, level = 0): string {
  const line = printExpr(expr);
  const indent = '  '.repeat(level);
  if (line.length <= LINE_MAX) return indent + line;
  switch (expr.kind) {
    case 'aggregate': {
      const args = expr.param ? [expr.param, expr.expr] : [expr.expr];
      return `${indent}${aggregateHead(expr)}(\n${list(args, level + 1)}\n${indent})`;
    }
    case 'binary': {
      const [left, right] = [prettyPrint(expr.left, level + 1), prettyPrint(expr.right, level + 1)];
      return `${left}\n${indent}${operatorWithModifiers(expr)}\n${right}`;
    }
    case 'call':
      return `${indent}${expr.name}(\n${list(expr.args, level + 1)}\n${indent})`;
    case 'paren':
      return `${indent}(\n${prettyPrint(expr.expr, level + 1)}\n${indent})`;
    case 'subquery':
      return prettyPrint(expr.expr, level) + subquerySuffix(expr);
    case 'unary':
      return `${indent}${expr.op}${prettyPrint(expr.expr, level).trimStart()}`;
    default:
      return indent + line;
  }
}

function list(args: Expr[], level: number): string {
  return args.map((arg) => prettyPrint(arg, level)).join(',\n');
}
