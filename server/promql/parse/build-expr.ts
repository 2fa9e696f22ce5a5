import type { SyntaxNode } from '@lezer/common';
import type { Expr, NumberLiteral, Unary } from '../ast.ts';
import { buildAggregate, buildCall } from './build-call.ts';
import { buildBinary, buildPostfix, buildSigned } from './build-operation.ts';
import { buildVectorSelector } from './build-selector.ts';
import { parseNumber } from './literals.ts';
import { isOperation, orderOperators, type Assembly } from './order-operators.ts';
import { expressions, fault, positionOf, textOf, textOfString, type ParseContext } from './parse-context.ts';

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
      return buildAggregate(context, node, buildExpr);
    case 'FunctionCall':
      return buildCall(context, node, buildExpr);
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

function assemblyOf(context: ParseContext): Assembly {
  return {
    operand: (node) => (isSigned(context, node) ? unsignedNumber(context, node) : buildExpr(context, node)),
    isSigned: (node) => isSigned(context, node),
    prefix: (sign, expr) => buildSigned(context.query[sign.from] as Unary['op'], sign.from, expr),
    infix: (node, left, right) => buildBinary(context, node, left, right),
    postfix: (node, expr) => buildPostfix(context, node, expr),
    tooLong: (node) => fault(context, node, 'expression is nested too deeply'),
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
