import type { SyntaxNode } from '@lezer/common';
import type { Binary, BinaryOp, Expr, Matching, Unary } from '../ast.ts';
import { isSetOp } from '../ast.ts';
import { buildDurationMs } from './build-duration.ts';
import { groupingLabels } from './build-selector.ts';
import { parseNumber } from './literals.ts';
import { operatorOf } from './order-operators.ts';
import { fault, textOf, type ParseContext } from './parse-context.ts';

/** A sign before an expression; before a number it is the number's. */
export function buildSigned(op: Unary['op'], start: number, expr: Expr): Expr {
  const position = { start, end: expr.position.end };
  if (expr.kind === 'number') return { ...expr, value: op === '-' ? -expr.value : expr.value, position };
  return { kind: 'unary', op, expr, position };
}

/** What follows an operand: a range, a subquery, an offset or a time. */
export function buildPostfix(context: ParseContext, node: SyntaxNode, expr: Expr): Expr {
  switch (node.name) {
    case 'MatrixSelector':
      return buildMatrixSelector(context, node, expr);
    case 'SubqueryExpr':
      return buildSubquery(context, node, expr);
    case 'OffsetExpr':
      return applyOffset(context, node, expr);
    default:
      return applyAt(context, node, expr);
  }
}

function buildMatrixSelector(context: ParseContext, node: SyntaxNode, vector: Expr): Expr {
  const bracket = { start: node.firstChild!.to, end: node.to };
  if (vector.kind !== 'vectorSelector') throw fault(context, bracket, 'ranges only allowed for vector selectors');
  if (vector.offsetMs !== 0) throw fault(context, bracket, 'no offset modifiers allowed before range');
  if (vector.at) throw fault(context, bracket, 'no @ modifiers allowed before range');
  const rangeMs = buildDurationMs(context, node.getChild('DurationExpr')!);
  return { kind: 'matrixSelector', vector, rangeMs, position: { start: vector.position.start, end: node.to } };
}

function buildSubquery(context: ParseContext, node: SyntaxNode, expr: Expr): Expr {
  const [range, step] = node.getChildren('DurationExpr');
  return {
    kind: 'subquery',
    expr,
    rangeMs: buildDurationMs(context, range!),
    stepMs: step ? buildDurationMs(context, step) : 0,
    offsetMs: 0,
    at: undefined,
    position: { start: expr.position.start, end: node.to },
  };
}

const NO_SELECTOR = 'modifier must be preceded by an instant vector selector or range vector selector or a subquery';

function applyOffset(context: ParseContext, node: SyntaxNode, expr: Expr): Expr {
  const selector = selectorOf(expr);
  if (!selector) throw fault(context, expr.position, `offset ${NO_SELECTOR}`);
  if (selector.offsetMs !== 0) throw fault(context, expr.position, 'offset may not be set multiple times');
  selector.offsetMs = buildDurationMs(context, node.getChild('OffsetDurationExpr')!);
  expr.position.end = node.to;
  return expr;
}

function applyAt(context: ParseContext, node: SyntaxNode, expr: Expr): Expr {
  const selector = selectorOf(expr);
  if (!selector) throw fault(context, expr.position, `@ ${NO_SELECTOR}`);
  if (selector.at) throw fault(context, expr.position, '@ <timestamp> may not be set multiple times');
  const bound = node.getChild('AtModifierPreprocessors');
  if (bound) selector.at = { kind: textOf(context, bound).toLowerCase().startsWith('s') ? 'start' : 'end' };
  else {
    const seconds = parseNumber(textOf(context, node.getChildren('NumberDurationLiteral').at(-1)!))?.value ?? NaN;
    if (!(Math.abs(seconds) < 9.2e15))
      throw fault(context, expr.position, `timestamp out of bounds for @ modifier: ${seconds}`);
    selector.at = { kind: 'time', ms: Math.round(seconds * 1000) };
  }
  expr.position.end = node.to;
  return expr;
}

function selectorOf(expr: Expr) {
  if (expr.kind === 'matrixSelector') return expr.vector;
  return expr.kind === 'vectorSelector' || expr.kind === 'subquery' ? expr : undefined;
}

/** An operator between two operands. */
export function buildBinary(context: ParseContext, node: SyntaxNode, left: Expr, right: Expr): Binary {
  const opNode = operatorOf(node);
  if (opNode.name.startsWith('Trim')) throw fault(context, node, 'trimming of histograms is not supported');
  const op = textOf(context, opNode).toLowerCase() as BinaryOp;
  if (node.getChild('FillModifier'))
    throw fault(context, node, 'binop fill modifiers are experimental and not enabled');
  const clause = node.getChild('MatchingModifierClause');
  return {
    kind: 'binary',
    op,
    left,
    right,
    returnBool: node.getChild('BoolModifier') !== null,
    matching: buildMatching(context, clause, op),
    position: { start: left.position.start, end: right.position.end },
    opPosition: { start: opNode.from, end: (clause ?? opNode).to },
  };
}

function buildMatching(context: ParseContext, clause: SyntaxNode | null, op: BinaryOp): Matching {
  if (!clause) return { card: isSetOp(op) ? 'many-to-many' : 'one-to-one', on: false, labels: [], include: [] };
  const [labels, include] = clause.getChildren('GroupingLabels');
  const grouped = clause.getChild('GroupLeft')
    ? 'many-to-one'
    : clause.getChild('GroupRight')
      ? 'one-to-many'
      : undefined;
  return {
    card: grouped ?? (isSetOp(op) ? 'many-to-many' : 'one-to-one'),
    on: clause.getChild('On') !== null,
    labels: groupingLabels(context, labels!),
    include: include ? groupingLabels(context, include) : [],
  };
}
