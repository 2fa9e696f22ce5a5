import { ARGUMENTS_MIN, FUNCTIONS } from './functions.ts';
import { invalidTemplate, type Token } from './lex.ts';
import type { TemplateValue } from './value.ts';

export type Operand =
  | { kind: 'value'; value: TemplateValue }
  | { kind: 'dot'; path: string[] }
  | { kind: 'variable'; name: string; path: string[] }
  | { kind: 'call'; name: string; args: Operand[] }
  | { kind: 'fields'; of: Operand; path: string[] };

export interface Pipeline {
  /** Variables that take the value: two for the place and element of a `range`. */
  variables: string[];
  /** `=` sets a variable that is there, `:=` makes one. */
  isAssignment: boolean;
  operand: Operand;
}

/** Tokens of one action in turn, with the variables that are known where it stands. */
export interface Reading {
  action: string;
  tokens: Token[];
  known: Set<string>;
}

export function parsePipeline(reading: Reading): Pipeline {
  const declared = readDeclaration(reading);
  const operand = parseValue(reading);
  if (reading.tokens.length > 0)
    throw invalidTemplate(reading.action, `has an unexpected "${reading.tokens[0]!.text}"`);
  if (!declared.isAssignment) for (const name of declared.variables) reading.known.add(name);
  return { ...declared, operand };
}

function readDeclaration({ action, tokens, known }: Reading): Pick<Pipeline, 'variables' | 'isAssignment'> {
  const end = tokens.findIndex(({ text }) => text === ':=' || text === '=');
  if (end === -1) return { variables: [], isAssignment: false };
  const isAssignment = tokens[end]!.text === '=';
  const names = tokens.splice(0, end + 1).filter(({ text }) => text !== ',' && text !== ':=' && text !== '=');
  if (names.length === 0 || names.length > 2 || names.some(({ kind, path }) => kind !== 'variable' || path.length > 0))
    throw invalidTemplate(action, 'sets something that is not a variable');
  const variables = names.map(({ text }) => text);
  const unknown = isAssignment && variables.find((name) => !known.has(name));
  if (unknown) throw invalidTemplate(action, `sets ${unknown}, which is not there`);
  return { variables, isAssignment };
}

/** `a | f x` is the call `f x a`: the piped value is the last argument. */
function parseValue(reading: Reading): Operand {
  let operand = parseCommand(reading, null);
  while (reading.tokens[0]?.text === '|') {
    reading.tokens.shift();
    operand = parseCommand(reading, operand);
  }
  return operand;
}

function parseCommand(reading: Reading, piped: Operand | null): Operand {
  const { action, tokens } = reading;
  const first = tokens[0];
  if (first?.kind !== 'name' || isConstant(first.text)) {
    if (piped) throw invalidTemplate(action, 'pipes into something that is not a function');
    return parseOperand(reading);
  }
  tokens.shift();
  checkFunction(action, first.text);
  const args: Operand[] = [];
  while (tokens.length > 0 && tokens[0]!.text !== '|' && tokens[0]!.text !== ')') args.push(parseOperand(reading));
  if (piped) args.push(piped);
  return call(action, first.text, args);
}

function parseOperand(reading: Reading): Operand {
  const { action, tokens, known } = reading;
  const token = tokens.shift();
  if (token === undefined) throw invalidTemplate(action, 'is empty');
  switch (token.kind) {
    case 'string':
      return {
        kind: 'value',
        value: token.text.startsWith('`') ? token.text.slice(1, -1) : unquote(action, token.text),
      };
    case 'number':
      return { kind: 'value', value: Number(token.text.replaceAll('_', '')) };
    case 'dot':
      return { kind: 'dot', path: [] };
    case 'field':
      return { kind: 'dot', path: [token.text.slice(1), ...token.path] };
    case 'variable':
      if (!known.has(token.text))
        throw invalidTemplate(action, `names ${token.text}; there are ${[...known].join(', ')}`);
      return { kind: 'variable', name: token.text, path: token.path };
    case 'name':
      if (isConstant(token.text)) return { kind: 'value', value: CONSTANTS[token.text]! };
      checkFunction(action, token.text);
      return call(action, token.text, []);
    case 'sign': {
      if (token.text !== '(') throw invalidTemplate(action, `has an unexpected "${token.text}"`);
      const inner = parseValue(reading);
      const close = tokens.shift();
      if (close?.text !== ')') throw invalidTemplate(action, 'has a ( without )');
      return close.path.length === 0 ? inner : { kind: 'fields', of: inner, path: close.path };
    }
  }
}

const CONSTANTS: Readonly<Record<string, TemplateValue>> = { true: true, false: false, nil: null };

function isConstant(name: string): boolean {
  return Object.hasOwn(CONSTANTS, name);
}

/** They look at no more of their arguments than they must. */
const LAZY = ['and', 'or'];

function checkFunction(action: string, name: string): void {
  if (Object.hasOwn(FUNCTIONS, name) || LAZY.includes(name)) return;
  throw invalidTemplate(
    action,
    `calls ${name}; there are ${[...Object.keys(FUNCTIONS), ...LAZY].toSorted().join(', ')}`,
  );
}

function call(action: string, name: string, args: Operand[]): Operand {
  const least = ARGUMENTS_MIN[name] ?? 1;
  if (args.length < least)
    throw invalidTemplate(action, `calls ${name} without ${least === 1 ? 'an argument' : `its ${least} arguments`}`);
  return { kind: 'call', name, args };
}

function unquote(action: string, literal: string): string {
  try {
    return JSON.parse(
      literal.replace(/\\x([0-9a-fA-F]{2})/g, '\\u00$1').replace(/\\([av'])/g, (_, char: string) => ESCAPES[char]!),
    ) as string;
  } catch {
    throw invalidTemplate(action, `has the string ${literal}, which cannot be read`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\\u0007', v: '\\u000b', "'": "'" };
