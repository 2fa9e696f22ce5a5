import { AppError } from '#server/errors.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp, printf } from './humanize.ts';

export interface TemplateData {
  labels: Record<string, string>;
  value: number;
  externalUrl: string;
}

type Value = string | number | Record<string, string>;
type Node =
  | { kind: 'value'; value: Value }
  | { kind: 'path'; root: string; path: string[] }
  | { kind: 'call'; name: string; args: Node[] };

const FUNCTIONS: Record<string, (...args: Value[]) => Value> = {
  humanize: (value) => humanize(toNumber(value)),
  humanize1024: (value) => humanize1024(toNumber(value)),
  humanizeDuration: (value) => humanizeDuration(toNumber(value)),
  humanizePercentage: (value) => humanizePercentage(toNumber(value)),
  humanizeTimestamp: (value) => humanizeTimestamp(toNumber(value)),
  printf: (format, ...args) => printf(String(format), args as (string | number)[]),
  title: (text) => String(text).replace(/(^|\s)\S/g, (start) => start.toUpperCase()),
  toUpper: (text) => String(text).toUpperCase(),
  toLower: (text) => String(text).toLowerCase(),
  stripPort: (host) => String(host).replace(/:\d+$/, ''),
  reReplaceAll: (pattern, replacement, text) =>
    String(text).replace(new RegExp(String(pattern), 'g'), String(replacement).replace(/\$\{?(\d+)\}?/g, '$$$1')),
};
const ROOTS = ['$labels', '$value', '$externalLabels', '$externalURL', '.Labels', '.Value', '.ExternalURL'];

/** Renders the part of Go's templates that Prometheus rules use: variables, pipelines and calls. Throws where `checkTemplate` would. */
export function renderTemplate(template: string, data: TemplateData): string {
  return splitActions(template)
    .map((part) => (typeof part === 'string' ? part : toText(evaluate(parseAction(part.action), data))))
    .join('');
}

/** Throws an AppError that names what is wrong, so that a bad template is known when its file is read. */
export function checkTemplate(template: string): void {
  for (const part of splitActions(template)) if (typeof part !== 'string') parseAction(part.action);
}

function splitActions(template: string): (string | { action: string })[] {
  const parts: (string | { action: string })[] = [];
  let rest = template;
  for (;;) {
    const start = rest.indexOf('{{');
    if (start === -1) return [...parts, rest];
    const end = rest.indexOf('}}', start);
    if (end === -1) throw invalid(rest.slice(start), 'is not closed by }}');
    let action = rest.slice(start + 2, end);
    let before = rest.slice(0, start);
    let after = rest.slice(end + 2);
    if (action.startsWith('-')) [before, action] = [before.trimEnd(), action.slice(1)];
    if (action.endsWith('-')) [after, action] = [after.trimStart(), action.slice(0, -1)];
    parts.push(before, { action: action.trim() });
    rest = after;
  }
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`)|(-?\d+(?:\.\d+)?)|([$.][\w.]*)|([A-Za-z]\w*)|([()|]))/y;

function parseAction(action: string): Node {
  if (/^(if|else|end|range|with|define|template|block)\b/.test(action))
    throw invalid(action, 'is a control structure, which is not supported: use variables, functions and pipes');
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < action.length;) {
    const match = TOKEN.exec(action);
    if (!match) throw invalid(action, 'is not a template action');
    tokens.push(match[0].trim());
  }
  const node = parsePipeline(tokens, action);
  if (tokens.length > 0) throw invalid(action, `has an unexpected "${tokens[0]}"`);
  return node;
}

/** `a | f x` is the call `f x a`: the piped value is the last argument. */
function parsePipeline(tokens: string[], action: string): Node {
  let node = parseCommand(tokens, action, null);
  while (tokens[0] === '|') {
    tokens.shift();
    node = parseCommand(tokens, action, node);
  }
  return node;
}

function parseCommand(tokens: string[], action: string, piped: Node | null): Node {
  const name = tokens[0];
  if (name === undefined || !/^[A-Za-z]/.test(name)) {
    if (piped) throw invalid(action, 'pipes into something that is not a function');
    return parseOperand(tokens, action);
  }
  tokens.shift();
  if (!(name in FUNCTIONS)) throw invalid(action, `calls ${name}; there are ${Object.keys(FUNCTIONS).join(', ')}`);
  const args: Node[] = [];
  while (tokens.length > 0 && tokens[0] !== '|' && tokens[0] !== ')') args.push(parseOperand(tokens, action));
  if (piped) args.push(piped);
  if (args.length === 0) throw invalid(action, `calls ${name} without an argument`);
  return { kind: 'call', name, args };
}

function parseOperand(tokens: string[], action: string): Node {
  const token = tokens.shift();
  if (token === undefined) throw invalid(action, 'is empty');
  if (token === '(') {
    const inner = parsePipeline(tokens, action);
    if (tokens.shift() !== ')') throw invalid(action, 'has a ( without )');
    return inner;
  }
  if (token.startsWith('`')) return { kind: 'value', value: token.slice(1, -1) };
  if (token.startsWith('"')) return { kind: 'value', value: JSON.parse(token) as string };
  if (/^-?\d/.test(token)) return { kind: 'value', value: Number(token) };
  const root = ROOTS.find((known) => token === known || token.startsWith(`${known}.`));
  if (!root) throw invalid(action, `names ${token}; there are $labels.<name>, $value and $externalURL`);
  return { kind: 'path', root, path: token.slice(root.length).split('.').filter(Boolean) };
}

function evaluate(node: Node, data: TemplateData): Value {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'call':
      return FUNCTIONS[node.name]!(...node.args.map((arg) => evaluate(arg, data)));
    case 'path': {
      const root = valueOf(node.root, data);
      return node.path.reduce<Value>((value, key) => (typeof value === 'object' ? (value[key] ?? '') : ''), root);
    }
  }
}

function valueOf(root: string, { labels, value, externalUrl }: TemplateData): Value {
  if (root === '$value' || root === '.Value') return value;
  if (root === '$externalURL' || root === '.ExternalURL') return externalUrl;
  return root === '$externalLabels' ? {} : labels;
}

function toText(value: Value): string {
  if (typeof value !== 'object') return String(value);
  return `map[${Object.keys(value)
    .toSorted()
    .map((key) => `${key}:${value[key]}`)
    .join(' ')}]`;
}

function toNumber(value: Value): number {
  const number = typeof value === 'object' ? Number.NaN : Number(value);
  if (Number.isNaN(number) && value !== 'NaN' && typeof value !== 'number')
    throw new AppError('BAD_REQUEST', `"${toText(value)}" is not a number.`);
  return number;
}

function invalid(action: string, problem: string): AppError {
  return new AppError('BAD_REQUEST', `The template {{ ${action} }} ${problem}.`);
}
