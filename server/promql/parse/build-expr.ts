import type { SyntaxNode } from '@lezer/common';
import type { AggregateOp, Binary, BinaryOp, Call, Expr, Matching, NumberLiteral, Position, Unary } from '../ast.ts';
import { isSetOp } from '../ast.ts';
import { ParseError } from '../promql-error.ts';
import { buildDurationMs } from './build-duration.ts';
import { buildVectorSelector, labelName } from './build-selector.ts';
import { parseNumber, unquote } from './literals.ts';
import { isOperation, operatorOf, orderOperators, type Assembly } from './order-operators.ts';
import type { ParseOptions } from './parse.ts';
import { SIGNATURES } from './signatures.ts';

export interface ParseContext {
  query: string;
  options: ParseOptions;
  depth: number;
}

/** Deeper nesting is nobody's query, and would end the stack. */
const DEPTH_MAX = 400;

/** The typed node of a piece of tree that the grammar found no fault in. */
export function buildExpr(outer: ParseContext, node: SyntaxNode): Expr {
  const context = { ...outer, depth: outer.depth + 1 };
  if (context.depth > DEPTH_MAX) throw fault(context, node, 'expression is nested too deeply');
  const position = positionOf(node);
  if (isOperation(node) || isSigned(context, node)) return orderOperators(node, assemblyOf(context));
  switch (node.name) {
    case 'NumberDurationLiteral':
      return numberLiteral(context, node.from, node.to);
    case 'StringLiteral':
      return { kind: 'string', value: textOfString(context, node), position };
    case 'VectorSelector':
      return buildVectorSelector(context, node);
    case 'ParenExpr':
      return { kind: 'paren', expr: buildExpr(context, expressions(node)[0]!), position };
    case 'AggregateExpr':
      return buildAggregate(context, node);
    case 'FunctionCall':
      return buildCall(context, node);
    case 'AnchoredExpr':
    case 'SmoothedExpr':
      throw fault(
        context,
        node,
        `${node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed'} modifier is experimental and not enabled`,
      );
    default:
      throw fault(context, node, `unknown node type: ${node.name}`);
  }
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

function expressions(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => EXPRESSIONS.has(child.name));
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function assemblyOf(context: ParseContext): Assembly {
  return {
    operand: (node) => (isSigned(context, node) ? unsignedNumber(context, node) : buildExpr(context, node)),
    isSigned: (node) => isSigned(context, node),
    prefix: (sign, expr) => withSign(context.query[sign.from] as Unary['op'], sign.from, expr),
    infix: (node, left, right) => buildBinary(context, node, left, right),
    postfix: (node, expr) => {
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
    },
  };
}

function numberLiteral(context: ParseContext, start: number, end: number): NumberLiteral {
  const text = context.query.slice(start, end);
  const number = parseNumber(text);
  const position = { start, end };
  if (number) return { kind: 'number', ...number, position };
  throw fault(
    context,
    position,
    `error parsing number: strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** A sign in front of a number is an operator, and one of lower precedence than a power. */
function isSigned(context: ParseContext, node: SyntaxNode): boolean {
  return node.name === 'NumberDurationLiteral' && /^[-+]/.test(textOf(context, node));
}

function unsignedNumber(context: ParseContext, node: SyntaxNode): NumberLiteral {
  return numberLiteral(context, node.from + /^[-+]\s*/.exec(textOf(context, node))![0].length, node.to);
}

function withSign(op: Unary['op'], start: number, expr: Expr): Expr {
  const position = { start, end: expr.position.end };
  if (expr.kind === 'number') return { ...expr, value: op === '-' ? -expr.value : expr.value, position };
  return { kind: 'unary', op, expr, position };
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

function buildBinary(context: ParseContext, node: SyntaxNode, left: Expr, right: Expr): Binary {
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

function groupingLabels(context: ParseContext, node: SyntaxNode): string[] {
  return children(node)
    .filter((child) => child.name === 'LabelName' || child.name === 'QuotedLabelName')
    .map((child) => labelName(context, child));
}

const WITH_PARAMETER = new Set(['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio']);

function buildAggregate(context: ParseContext, node: SyntaxNode): Expr {
  const op = textOf(context, node.getChild('AggregateOp')!).toLowerCase() as AggregateOp;
  const modifier = node.getChild('AggregateModifier');
  const args = expressions(node.getChild('FunctionCallBody')!);
  if (args.length === 0) throw fault(context, node, 'no arguments for aggregate expression provided');
  if ((op === 'limitk' || op === 'limit_ratio') && !context.options.experimentalFunctions)
    throw fault(
      context,
      node,
      `${op}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`,
    );
  const wanted = WITH_PARAMETER.has(op) ? 2 : 1;
  if (args.length !== wanted)
    throw fault(
      context,
      node,
      `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`,
    );
  return {
    kind: 'aggregate',
    op,
    expr: buildExpr(context, args.at(-1)!),
    param: wanted === 2 ? buildExpr(context, args[0]!) : undefined,
    grouping: modifier ? groupingLabels(context, modifier.getChild('GroupingLabels')!) : [],
    without: modifier?.getChild('Without') != null,
    position: positionOf(node),
  };
}

function buildCall(context: ParseContext, node: SyntaxNode): Call {
  const name = textOf(context, node.getChild('FunctionIdentifier')!);
  const signature = SIGNATURES[name];
  if (!signature) throw fault(context, node, `unknown function with name ${JSON.stringify(name)}`);
  if (signature.experimental && !context.options.experimentalFunctions)
    throw fault(context, node, `function ${JSON.stringify(name)} is not enabled`);
  const args = expressions(node.getChild('FunctionCallBody')!).map((arg) => buildExpr(context, arg));
  return { kind: 'call', name, args, position: positionOf(node) };
}
