import { AppError } from '#server/errors.ts';
import { MEASURE_NAMES, type MeasureName } from './measures/names.ts';

export interface Matcher {
  name: string;
  op: '=' | '!=' | '=~' | '!~';
  value: string;
}

export type Comparator = '==' | '!=' | '>' | '>=' | '<' | '<=';

/** `<measure>{label="value"} <op> <number>`: the part of PromQL that the first evaluator reads. */
export interface Expr {
  measure: MeasureName;
  matchers: Matcher[];
  comparator: Comparator;
  threshold: number;
}

/** What is wrong with an expression, and where: `offset` counts characters from its start. */
export class ExprError extends AppError {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super('BAD_REQUEST', `${message} (at character ${offset + 1})`);
    this.offset = offset;
  }
}

/** Parses a rule's `expr`; throws an ExprError. */
export function parseExpr(text: string): Expr {
  const reader = new Reader(text);
  const start = reader.skipSpace();
  const name =
    reader.take(/[a-zA-Z_:][a-zA-Z0-9_:]*/y) ?? reader.fail('An expression starts with the name of a measure');
  if (!isMeasure(name))
    throw new ExprError(`There is no measure ${name}; there are ${MEASURE_NAMES.join(', ')}`, start);
  const matchers = readMatchers(reader);
  reader.skipSpace();
  const comparator = reader.take(/==|!=|>=|<=|>|</y) ?? reader.fail('Expected a comparison: == != > >= < <=');
  reader.skipSpace();
  if (reader.take(/(?=bool\b)/y) !== null) reader.fail('`bool` makes every series an alert; leave it out');
  const number =
    reader.take(/[+-]?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[iI][nN][fF])/y) ??
    reader.fail('Expected a number to compare with');
  reader.skipSpace();
  if (!reader.atEnd()) reader.fail('Expected the end: an expression is one measure, one comparison and one number');
  return { measure: name, matchers, comparator: comparator as Comparator, threshold: toNumber(number) };
}

/** True when a series with `labels` is one that the expression selects; a label that is missing is an empty one. */
export function matchesLabels({ matchers }: Pick<Expr, 'matchers'>, labels: Record<string, string>): boolean {
  return matchers.every(({ name, op, value }) => {
    const actual = labels[name] ?? '';
    if (op === '=') return actual === value;
    if (op === '!=') return actual !== value;
    return new RegExp(`^(?:${value})$`, 's').test(actual) === (op === '=~');
  });
}

export function compare(value: number, comparator: Comparator, threshold: number): boolean {
  switch (comparator) {
    case '==':
      return value === threshold;
    case '!=':
      return value !== threshold;
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
  }
}

function readMatchers(reader: Reader): Matcher[] {
  reader.skipSpace();
  if (reader.take(/\{/y) === null) return [];
  const matchers: Matcher[] = [];
  for (;;) {
    reader.skipSpace();
    if (reader.take(/\}/y) !== null) return matchers;
    const name = reader.take(/[a-zA-Z_]\w*/y) ?? reader.fail('Expected the name of a label, or }');
    reader.skipSpace();
    const op = (reader.take(/=~|!~|!=|=/y) ?? reader.fail('Expected = != =~ or !~')) as Matcher['op'];
    reader.skipSpace();
    const start = reader.offset;
    const quoted =
      reader.take(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y) ?? reader.fail('Expected a quoted value');
    const value = unquote(quoted);
    if (op === '=~' || op === '!~') checkPattern(value, start);
    matchers.push({ name, op, value });
    reader.skipSpace();
    if (reader.take(/,/y) === null && !reader.sees('}')) reader.fail('Expected , or }');
  }
}

class Reader {
  readonly #text: string;
  offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  take(sticky: RegExp): string | null {
    sticky.lastIndex = this.offset;
    const found = sticky.exec(this.#text)?.[0];
    if (found === undefined) return null;
    this.offset += found.length;
    return found;
  }

  skipSpace(): number {
    this.take(/(?:\s|#[^\n]*)*/y);
    return this.offset;
  }

  sees(character: string): boolean {
    return this.#text[this.offset] === character;
  }

  atEnd(): boolean {
    return this.offset === this.#text.length;
  }

  fail(message: string): never {
    const found = this.atEnd() ? 'the end' : JSON.stringify(this.#text.slice(this.offset, this.offset + 12));
    throw new ExprError(`${message}, found ${found}`, this.offset);
  }
}

function isMeasure(name: string): name is MeasureName {
  return (MEASURE_NAMES as readonly string[]).includes(name);
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner;
  return inner.replace(/\\(.)/gs, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}

function checkPattern(value: string, offset: number): void {
  try {
    void new RegExp(`^(?:${value})$`);
  } catch (cause) {
    throw new ExprError(`The pattern is not a regular expression: ${(cause as Error).message}`, offset);
  }
}

function toNumber(text: string): number {
  return /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}
