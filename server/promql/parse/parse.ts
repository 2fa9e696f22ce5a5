import { parser } from '@prometheus-io/lezer-promql';
import type { Tree } from '@lezer/common';
import type { Expr } from '../ast.ts';
import { buildExpr } from './build-expr.ts';
import { checkTypes } from './check-types.ts';
import { describeSyntaxError } from './describe-syntax-error.ts';
import type { ParseContext } from './parse-context.ts';

export interface ParseOptions {
  /** What upstream has behind `--enable-feature=promql-experimental-functions`. */
  experimentalFunctions?: boolean;
  /** Arithmetic in durations (`--enable-feature=promql-duration-expr`); what `step()` and `range()` are in them. */
  durations?: { stepMs: number; rangeMs: number };
}

/** A typed expression, or a ParseError that says what is wrong and where. */
export function parseExpr(query: string, options: ParseOptions = {}): Expr {
  const tree = parser.parse(query);
  const context: ParseContext = { query, options, depth: 0 };
  let root = tree.topNode.firstChild;
  while (root?.name === 'LineComment') root = root.nextSibling;
  if (!root || hasFault(tree)) throw describeSyntaxError(query, tree);
  const expr = buildExpr(context, root);
  checkTypes(query, expr);
  return expr;
}

function hasFault(tree: Tree): boolean {
  let found = false;
  tree.iterate({
    enter: (node) => {
      found ||= node.type.isError;
      return !found;
    },
  });
  return found;
}
