import { parser } from '@prometheus-io/lezer-promql';
import type { PartialParse, Tree } from '@lezer/common';
import type { Expr } from '../ast.ts';
import { buildExpr } from './build-expr.ts';
import { checkTypes } from './check-types.ts';
import { ParseError } from '../promql-error.ts';
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
  const tree = readTree(query);
  const context: ParseContext = { query, options, depth: 0 };
  let root = tree.topNode.firstChild;
  while (root?.name === 'LineComment') root = root.nextSibling;
  if (!root || hasFault(tree)) throw describeSyntaxError(query, tree);
  const expr = buildExpr(context, root);
  checkTypes(query, expr);
  return expr;
}

/**
 * The parser ends chains of a few hundred operators that are longer than 2,000 characters, to keep trees flat for editors;
 * generated rules have such chains. It counts them where we can begin the count again.
 */
function readTree(query: string): Tree {
  const parse = parser.startParse(query) as PartialParse & { bigReductionCount?: number };
  try {
    for (;;) {
      parse.bigReductionCount = 0;
      const tree = parse.advance();
      if (tree) return tree;
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ParseError(query, { start: 0, end: query.length }, 'expression is nested too deeply');
  }
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
