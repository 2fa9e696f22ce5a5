import type { ArithmeticOp, BinaryOp, ComparisonOp } from '../ast.ts';

const ARITHMETIC: Record<ArithmeticOp, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
};

const COMPARISON: Record<ComparisonOp, (left: number, right: number) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
};

/** As C and Go have it, where JavaScript says NaN: 1 to any power, and -1 to an infinite one, is 1. */
function power(left: number, right: number): number {
  if (left === 1 || (left === -1 && (right === Infinity || right === -Infinity))) return 1;
  return left ** right;
}

export function arithmetic(op: BinaryOp): ((left: number, right: number) => number) | undefined {
  return (ARITHMETIC as Partial<typeof ARITHMETIC>)[op as ArithmeticOp];
}

export function comparison(op: BinaryOp): ((left: number, right: number) => boolean) | undefined {
  return (COMPARISON as Partial<typeof COMPARISON>)[op as ComparisonOp];
}
