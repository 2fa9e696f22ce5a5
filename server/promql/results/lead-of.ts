import type { Expr } from '../ast.ts';

/**
 * How long after a step the newest sample may be that its value depends on; negative where all selectors look further back.
 * undefined where a step's value depends on the query's other times too, or on no sample at all.
 */
export function leadOf(expr: Expr): number | undefined {
  const lead = furthest(expr);
  return lead === undefined || lead === -Infinity ? undefined : lead;
}

/** -Infinity where nothing is read. */
function furthest(expr: Expr): number | undefined {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return -Infinity;
    case 'vectorSelector':
      return expr.at ? undefined : 0 - expr.offsetMs;
    case 'matrixSelector':
      return furthest(expr.vector);
    case 'subquery': {
      const inner = furthest(expr.expr);
      return expr.at || inner === undefined ? undefined : inner - expr.offsetMs;
    }
    case 'paren':
    case 'unary':
      return furthest(expr.expr);
    case 'binary':
      return most([expr.left, expr.right]);
    case 'aggregate':
      return most(expr.param ? [expr.expr, expr.param] : [expr.expr]);
    case 'call':
      if (OF_THE_QUERY.has(expr.name)) return undefined;
      return expr.name === 'info' ? latest(most(expr.args), 0) : most(expr.args);
  }
}

/** Functions of the query's own times. */
const OF_THE_QUERY: ReadonlySet<string> = new Set(['start', 'end', 'range']);

/** What an info metric says is asked for at the step itself, however far back the series are. */
function latest(lead: number | undefined, otherMs: number): number | undefined {
  return lead === undefined ? undefined : Math.max(lead, otherMs);
}

function most(parts: Expr[]): number | undefined {
  let found = -Infinity;
  for (const part of parts) {
    const lead = furthest(part);
    if (lead === undefined) return undefined;
    found = Math.max(found, lead);
  }
  return found;
}
