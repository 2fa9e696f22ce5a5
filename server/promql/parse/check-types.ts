import type { Binary, Call, Expr, Position } from '../ast.ts';
import { isComparison, isSetOp } from '../ast.ts';
import { matchesValue } from '../labels/matches-value.ts';
import { ParseError } from '../promql-error.ts';
import { documentedType, SIGNATURES, typeOf } from './signatures.ts';

/** Throws the first ParseError of an expression whose parts do not fit together; parts come before what they are part of. */
export function checkTypes(query: string, expr: Expr): void {
  const fail = (position: Position, reason: string): never => {
    throw new ParseError(query, position, reason);
  };
  check(expr, fail);
}

type Fail = (position: Position, reason: string) => never;

function check(expr: Expr, fail: Fail): void {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return;
    case 'vectorSelector':
      if (!expr.matchers.some((matcher) => !matchesValue(matcher, '')))
        fail(expr.position, 'vector selector must contain at least one non-empty matcher');
      return;
    case 'matrixSelector':
      return check(expr.vector, fail);
    case 'paren':
      return check(expr.expr, fail);
    case 'unary': {
      check(expr.expr, fail);
      const type = typeOf(expr.expr);
      if (type !== 'scalar' && type !== 'vector')
        fail(
          expr.position,
          `unary expression only allowed on expressions of type scalar or instant vector, got "${documentedType(type)}"`,
        );
      return;
    }
    case 'subquery':
      check(expr.expr, fail);
      if (typeOf(expr.expr) !== 'vector')
        fail(expr.position, `subquery is only allowed on instant vector, got ${typeOf(expr.expr)} instead`);
      return;
    case 'aggregate':
      expectType(expr.expr, 'vector', 'aggregation expression', fail);
      if (expr.param)
        expectType(expr.param, expr.op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter', fail);
      return;
    case 'binary':
      return checkBinary(expr, fail);
    case 'call':
      return checkCall(expr, fail);
  }
}

function expectType(expr: Expr, type: ReturnType<typeof typeOf>, context: string, fail: Fail): void {
  check(expr, fail);
  if (typeOf(expr) !== type)
    fail(expr.position, `expected type ${documentedType(type)} in ${context}, got ${documentedType(typeOf(expr))}`);
}

function checkBinary(expr: Binary, fail: Fail): void {
  check(expr.left, fail);
  check(expr.right, fail);
  const { op, matching } = expr;
  const types = [typeOf(expr.left), typeOf(expr.right)];
  if (expr.returnBool && !isComparison(op))
    fail(expr.opPosition, 'bool modifier can only be used on comparison operators');
  if (isComparison(op) && !expr.returnBool && types.every((type) => type === 'scalar'))
    fail(expr.opPosition, 'comparisons between scalars must use BOOL modifier');
  const twice = matching?.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined;
  if (twice !== undefined)
    fail(expr.opPosition, `label ${JSON.stringify(twice)} must not occur in ON and GROUP clause at once`);
  for (const side of [expr.left, expr.right]) {
    if (typeOf(side) !== 'scalar' && typeOf(side) !== 'vector')
      fail(side.position, 'binary expression must contain only scalar and instant vector types');
  }
  if (types.includes('scalar')) {
    if (matching && matching.labels.length > 0)
      fail(expr.position, 'vector matching only allowed between instant vectors');
    if (isSetOp(op)) fail(expr.position, `set operator "${op}" not allowed in binary scalar expression`);
    expr.matching = undefined;
  } else if (isSetOp(op) && matching?.card !== 'many-to-many') {
    fail(expr.position, `no grouping allowed for "${op}" operation`);
  }
}

function checkCall(expr: Call, fail: Fail): void {
  const { name, args } = expr;
  const signature = SIGNATURES[name]!;
  const declared = signature.args.length;
  if (signature.variadic === 0) {
    if (args.length !== declared)
      fail(expr.position, `expected ${declared} argument(s) in call to "${name}", got ${args.length}`);
  } else {
    const min = declared - 1;
    const max = signature.variadic > 0 ? min + signature.variadic : Infinity;
    if (args.length < min)
      fail(expr.position, `expected at least ${min} argument(s) in call to "${name}", got ${args.length}`);
    if (args.length > max)
      fail(expr.position, `expected at most ${max} argument(s) in call to "${name}", got ${args.length}`);
  }
  args.forEach((arg, place) => {
    const type = signature.args[Math.min(place, declared - 1)]!;
    expectType(arg, type, `call to function "${name}"`, fail);
  });
}
