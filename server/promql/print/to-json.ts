import type { AtModifier, Expr, VectorSelector } from '../ast.ts';
import { SIGNATURES } from '../parse/signatures.ts';
import { formatFloat } from './format-float.ts';

/** The tree that Prometheus's `parse_query` gives to the page that draws it. */
export function exprToJson(expr: Expr): Record<string, unknown> {
  switch (expr.kind) {
    case 'number':
      return { type: 'numberLiteral', val: formatFloat(expr.value, 'f') };
    case 'string':
      return { type: 'stringLiteral', val: expr.value };
    case 'vectorSelector':
      return { type: 'vectorSelector', ...selectorToJson(expr) };
    case 'matrixSelector':
      return { type: 'matrixSelector', ...selectorToJson(expr.vector), range: expr.rangeMs };
    case 'subquery':
      return {
        type: 'subquery',
        expr: exprToJson(expr.expr),
        range: expr.rangeMs,
        offset: expr.offsetMs,
        step: expr.stepMs,
        ...atToJson(expr.at),
      };
    case 'aggregate':
      return {
        type: 'aggregation',
        op: expr.op,
        expr: exprToJson(expr.expr),
        param: expr.param ? exprToJson(expr.param) : null,
        grouping: expr.grouping,
        without: expr.without,
      };
    case 'binary': {
      const { matching } = expr;
      const fillValues = { lhs: null, rhs: null };
      return {
        type: 'binaryExpr',
        op: expr.op,
        lhs: exprToJson(expr.left),
        rhs: exprToJson(expr.right),
        matching: matching ? { ...matching, fillValues } : null,
        bool: expr.returnBool,
      };
    }
    case 'unary':
      return { type: 'unaryExpr', op: expr.op, expr: exprToJson(expr.expr) };
    case 'paren':
      return { type: 'parenExpr', expr: exprToJson(expr.expr) };
    case 'call': {
      const { args, variadic, returns } = SIGNATURES[expr.name]!;
      const func = { name: expr.name, argTypes: args, variadic, returnType: returns };
      return { type: 'call', func, args: expr.args.map(exprToJson) };
    }
  }
}

function selectorToJson({ name, matchers, offsetMs, at }: VectorSelector) {
  return {
    name,
    offset: offsetMs,
    matchers: matchers.map((matcher) => ({ name: matcher.name, value: matcher.value, type: matcher.op })),
    ...atToJson(at),
    anchored: false,
    smoothed: false,
  };
}

function atToJson(at: AtModifier | undefined) {
  return { timestamp: at?.kind === 'time' ? at.ms : null, startOrEnd: at && at.kind !== 'time' ? at.kind : null };
}
