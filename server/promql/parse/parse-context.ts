import type { SyntaxNode } from '@lezer/common';
import type { Position } from '../ast.ts';
import { ParseError } from '../promql-error.ts';
import { unquote } from './literals.ts';
import type { ParseOptions } from './parse.ts';

export interface ParseContext {
  query: string;
  options: ParseOptions;
  depth: number;
}

export function positionOf(node: SyntaxNode): Position {
  return { start: node.from, end: node.to };
}

export function textOf(context: ParseContext, node: SyntaxNode): string {
  return context.query.slice(node.from, node.to);
}

export function textOfString(context: ParseContext, node: SyntaxNode): string {
  const text = textOf(context, node);
  // The grammar lets a string end with the line, so that editors can colour it while it is written.
  if (text.length < 2 || text.at(-1) !== text[0]) throw fault(context, node, 'unterminated quoted string');
  const literal = unquote(text);
  if ('fault' in literal) throw fault(context, node, literal.fault);
  return literal.text;
}

export function fault(context: ParseContext, place: SyntaxNode | Position, reason: string): ParseError {
  return new ParseError(context.query, 'from' in place ? positionOf(place) : place, reason);
}

const EXPRESSIONS = new Set(
  (
    'AggregateExpr AnchoredExpr BinaryExpr FunctionCall MatrixSelector NumberDurationLiteral OffsetExpr ParenExpr ' +
    'SmoothedExpr StepInvariantExpr StringLiteral SubqueryExpr UnaryExpr VectorSelector'
  ).split(' '),
);

/** Those among the children that are expressions themselves. */
export function expressions(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => EXPRESSIONS.has(child.name));
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}
