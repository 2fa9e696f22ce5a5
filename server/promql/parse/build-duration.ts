import type { SyntaxNode } from '@lezer/common';
import { fault, textOf, type ParseContext } from './parse-context.ts';
import { parseNumber } from './literals.ts';

const RANGE_MS_MAX = 9.2e12;

/** A range, step or offset; arithmetic in it only behind its flag, as upstream. */
export function buildDurationMs(context: ParseContext, node: SyntaxNode): number {
  const seconds = evaluate(context, node);
  const ms = Math.round(seconds * 1000);
  if (!(Math.abs(ms) < RANGE_MS_MAX)) throw fault(context, node, 'duration out of range');
  if (node.name === 'DurationExpr' && ms <= 0) throw fault(context, node, 'duration must be greater than 0');
  return ms;
}

function evaluate(context: ParseContext, node: SyntaxNode): number {
  const parts = nodesIn(node);
  const [first, second, third] = parts;
  if (!first || first.name === 'NumberDurationLiteralInDurationContext') {
    return parseNumber(textOf(context, first ?? node))?.value ?? NaN;
  }
  // A sign before an offset is no arithmetic.
  if (node.name === 'OffsetDurationExpr' && first.name === 'UnaryOp' && nodesIn(second!)[0]?.name === LITERAL)
    return signed(context, first, evaluate(context, second!));
  const { durations } = context.options;
  if (!durations) throw fault(context, node, 'experimental duration expression is not enabled');
  if (first.name === 'UnaryOp') return signed(context, first, evaluate(context, second!));
  if (first.name === 'DurationStep') return durations.stepMs / 1000;
  if (first.name === 'DurationRange') return durations.rangeMs / 1000;
  if (first.name === 'DurationMinOf') return Math.min(evaluate(context, second!), evaluate(context, third!));
  if (first.name === 'DurationMaxOf') return Math.max(evaluate(context, second!), evaluate(context, third!));
  if (!second) return evaluate(context, first);
  const [left, right] = [evaluate(context, first), evaluate(context, third!)];
  if (right === 0 && second.name === 'Div') throw fault(context, node, 'division by zero');
  if (right === 0 && second.name === 'Mod') throw fault(context, node, 'modulo by zero');
  return OPERATIONS[second.name]!(left, right);
}

const LITERAL = 'NumberDurationLiteralInDurationContext';

const OPERATIONS: Record<string, (left: number, right: number) => number> = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
  Mod: (left, right) => left % right,
  Pow: (left, right) => left ** right,
};

function signed(context: ParseContext, op: SyntaxNode, value: number): number {
  return textOf(context, op) === '-' ? -value : value;
}

function nodesIn(node: SyntaxNode): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) nodes.push(child);
  return nodes;
}
