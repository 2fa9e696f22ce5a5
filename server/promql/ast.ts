/** Offsets in the text of the query; `end` is after the last character. */
export interface Position {
  start: number;
  end: number;
}

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string' | 'none';

export type MatchOp = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  name: string;
  op: MatchOp;
  value: string;
}

/** A point in time that a selector or subquery is fixed to, whatever the time of evaluation. */
export type AtModifier = { kind: 'time'; ms: number } | { kind: 'start' } | { kind: 'end' };

export interface NumberLiteral {
  kind: 'number';
  value: number;
  /** Written as a duration, and printed as one. */
  isDuration: boolean;
  position: Position;
}

export interface StringLiteral {
  kind: 'string';
  value: string;
  position: Position;
}

export interface VectorSelector {
  kind: 'vectorSelector';
  /** The name outside the braces; the matcher of it is the last of `matchers`. */
  name: string;
  matchers: Matcher[];
  offsetMs: number;
  at: AtModifier | undefined;
  position: Position;
}

export interface MatrixSelector {
  kind: 'matrixSelector';
  vector: VectorSelector;
  rangeMs: number;
  position: Position;
}

export interface Subquery {
  kind: 'subquery';
  expr: Expr;
  rangeMs: number;
  /** 0 where none is written: the default of the engine. */
  stepMs: number;
  offsetMs: number;
  at: AtModifier | undefined;
  position: Position;
}

export type AggregateOp =
  | 'sum'
  | 'avg'
  | 'count'
  | 'min'
  | 'max'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'quantile'
  | 'count_values'
  | 'limitk'
  | 'limit_ratio';

export interface Aggregate {
  kind: 'aggregate';
  op: AggregateOp;
  expr: Expr;
  param: Expr | undefined;
  grouping: string[];
  without: boolean;
  position: Position;
}

export type ArithmeticOp = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type ComparisonOp = '==' | '!=' | '<' | '>' | '<=' | '>=';
export type SetOp = 'and' | 'or' | 'unless';
export type BinaryOp = ArithmeticOp | ComparisonOp | SetOp;

export interface Matching {
  card: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  on: boolean;
  labels: string[];
  include: string[];
}

export interface Binary {
  kind: 'binary';
  op: BinaryOp;
  left: Expr;
  right: Expr;
  returnBool: boolean;
  /** Only between two vectors. */
  matching: Matching | undefined;
  position: Position;
  opPosition: Position;
}

export interface Unary {
  kind: 'unary';
  op: '+' | '-';
  expr: Expr;
  position: Position;
}

export interface Paren {
  kind: 'paren';
  expr: Expr;
  position: Position;
}

export interface Call {
  kind: 'call';
  name: string;
  args: Expr[];
  position: Position;
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Aggregate
  | Binary
  | Unary
  | Paren
  | Call;

export function isComparison(op: BinaryOp): op is ComparisonOp {
  return op === '==' || op === '!=' || op === '<' || op === '>' || op === '<=' || op === '>=';
}

export function isSetOp(op: BinaryOp): op is SetOp {
  return op === 'and' || op === 'or' || op === 'unless';
}

/** An expression without the parentheses around it. */
export function unwrapParens(expr: Expr): Expr {
  return expr.kind === 'paren' ? unwrapParens(expr.expr) : expr;
}
