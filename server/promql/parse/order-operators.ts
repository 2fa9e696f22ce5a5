import type { SyntaxNode } from '@lezer/common';
import type { Expr } from '../ast.ts';

/** What an expression without its parentheses is made of, from left to right. */
type Item = { kind: 'prefix' | 'operand' | 'infix' | 'postfix'; node: SyntaxNode };

/** A sign that the grammar has taken for a part of its number. */
export interface SignedNumber {
  isSigned: (node: SyntaxNode) => boolean;
}

/** How the pieces become nodes; the prefix of a signed number is the number, and so is its operand. */
export interface Assembly extends SignedNumber {
  operand: (node: SyntaxNode) => Expr;
  prefix: (sign: SyntaxNode, expr: Expr) => Expr;
  infix: (node: SyntaxNode, left: Expr, right: Expr) => Expr;
  postfix: (node: SyntaxNode, expr: Expr) => Expr;
}

const POSTFIX = new Set(['MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr']);

/**
 * The grammar of the editor has no precedence for what follows an operand: it takes `a + b offset 5m` for `(a + b) offset 5m`,
 * and `-2^2` for `(-2)^2`. So the pieces are taken apart and put together as Prometheus does.
 */
export function orderOperators(node: SyntaxNode, assembly: Assembly): Expr {
  const items = [...takeApart(node, assembly)];
  let next = 0;

  const parse = (precedenceMin: number): Expr => {
    let left = parseOperand();
    for (let item = items[next]; item?.kind === 'infix'; item = items[next]) {
      const precedence = precedenceOf(item.node);
      if (precedence < precedenceMin) break;
      next++;
      const right = parse(precedence === POWER ? precedence : precedence + 1);
      left = assembly.infix(item.node, left, right);
    }
    return left;
  };

  const parseOperand = (): Expr => {
    const item = items[next++]!;
    if (item.kind === 'prefix') return assembly.prefix(item.node, parse(POWER));
    let expr = assembly.operand(item.node);
    for (let follower = items[next]; follower?.kind === 'postfix'; follower = items[next]) {
      next++;
      expr = assembly.postfix(follower.node, expr);
    }
    return expr;
  };

  return parse(0);
}

export function isOperation(node: SyntaxNode): boolean {
  return node.name === 'BinaryExpr' || node.name === 'UnaryExpr' || POSTFIX.has(node.name);
}

function* takeApart(node: SyntaxNode, numbers: SignedNumber): Generator<Item> {
  if (node.name === 'BinaryExpr') {
    yield* takeApart(node.firstChild!, numbers);
    yield { kind: 'infix', node };
    yield* takeApart(node.lastChild!, numbers);
  } else if (node.name === 'UnaryExpr') {
    yield { kind: 'prefix', node: node.getChild('UnaryOp')! };
    yield* takeApart(node.lastChild!, numbers);
  } else if (POSTFIX.has(node.name)) {
    yield* takeApart(node.firstChild!, numbers);
    yield { kind: 'postfix', node };
  } else {
    if (numbers.isSigned(node)) yield { kind: 'prefix', node };
    yield { kind: 'operand', node };
  }
}

const POWER = 6;
const PRECEDENCE: Record<string, number> = {
  Or: 1,
  And: 2,
  Unless: 2,
  Eql: 3,
  Neq: 3,
  Gte: 3,
  Gtr: 3,
  Lte: 3,
  Lss: 3,
  TrimUpper: 3,
  TrimLower: 3,
  Add: 4,
  Sub: 4,
  Mul: 5,
  Div: 5,
  Mod: 5,
  Atan2: 5,
  Pow: POWER,
};

export function operatorOf(binary: SyntaxNode): SyntaxNode {
  let node = binary.firstChild;
  while (node && PRECEDENCE[node.name] === undefined) node = node.nextSibling;
  return node!;
}

function precedenceOf(binary: SyntaxNode): number {
  return PRECEDENCE[operatorOf(binary).name]!;
}
