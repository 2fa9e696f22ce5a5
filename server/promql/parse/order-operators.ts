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
  tooLong: (node: SyntaxNode) => Error;
}

const POSTFIX = new Set(['MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr']);

/**
 * The grammar of the editor has no precedence for what follows an operand: it takes `a + b offset 5m` for `(a + b) offset 5m`,
 * and `-2^2` for `(-2)^2`. So the pieces are taken apart and put together as Prometheus does.
 */
export function orderOperators(node: SyntaxNode, assembly: Assembly): Expr {
  const items = takeApart(node, assembly);
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

/** A chain longer than any rule or dashboard has: what walks over it afterwards does so by recursion. */
const ITEMS_MAX = 4_000;

function takeApart(whole: SyntaxNode, assembly: Assembly): Item[] {
  const items: Item[] = [];
  const open: (Item | { kind: 'whole'; node: SyntaxNode })[] = [{ kind: 'whole', node: whole }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { kind, node } = next;
    if (items.length > ITEMS_MAX) throw assembly.tooLong(whole);
    if (kind !== 'whole') items.push({ kind, node });
    // Opened from the right, so that the left is next.
    else if (node.name === 'BinaryExpr') {
      open.push(
        { kind: 'whole', node: node.lastChild! },
        { kind: 'infix', node },
        { kind: 'whole', node: node.firstChild! },
      );
    } else if (node.name === 'UnaryExpr') {
      open.push({ kind: 'whole', node: node.lastChild! }, { kind: 'prefix', node: node.firstChild! });
    } else if (POSTFIX.has(node.name)) {
      open.push({ kind: 'postfix', node }, { kind: 'whole', node: node.firstChild! });
    } else {
      if (assembly.isSigned(node)) items.push({ kind: 'prefix', node });
      items.push({ kind: 'operand', node });
    }
  }
  return items;
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
