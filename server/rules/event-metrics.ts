import type { Expr } from '#server/promql/ast.ts';
import type { AnyRule } from './rule.ts';

export type RuleEvent = 'circuit' | 'integrity';

/** Series that are written when something happens, and a NOTIFY tells of it: what asks for them need not wait for its interval. */
const EVENT_OF: Readonly<Record<string, RuleEvent>> = {
  circuit_breaker_state: 'circuit',
  integrity_violations: 'integrity',
  integrity_violations_new: 'integrity',
};

/** The rules of a group that an event concerns, in their order: those that ask for its series, or for what such a rule records. */
export function rulesWokenBy(event: RuleEvent, rules: readonly AnyRule[]): AnyRule[] {
  const recorded = new Set<string>();
  return rules.filter((rule) => {
    const concerned = metricsOf(rule).some((name) => EVENT_OF[name] === event || recorded.has(name));
    if (concerned && rule.kind === 'record') recorded.add(rule.name);
    return concerned;
  });
}

function metricsOf({ expr }: AnyRule): string[] {
  return expr ? collect(expr) : [];
}

function collect(expr: Expr): string[] {
  switch (expr.kind) {
    case 'vectorSelector':
      return expr.matchers.filter(({ name, op }) => name === '__name__' && op === '=').map(({ value }) => value);
    case 'matrixSelector':
      return collect(expr.vector);
    case 'subquery':
    case 'unary':
    case 'paren':
      return collect(expr.expr);
    case 'aggregate':
      return [...collect(expr.expr), ...(expr.param ? collect(expr.param) : [])];
    case 'binary':
      return [...collect(expr.left), ...collect(expr.right)];
    case 'call':
      return expr.args.flatMap(collect);
    case 'number':
    case 'string':
      return [];
  }
}
