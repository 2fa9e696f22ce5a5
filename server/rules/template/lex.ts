import { AppError } from '#server/errors.ts';

/** A piece of a template: text as it is, or what stands between `{{` and `}}`. */
export type Part = { kind: 'text'; text: string } | { kind: 'action'; action: string };

/** Cuts a template at its actions; `{{-` and `-}}` take the white space beside them with them, comments go. */
export function splitTemplate(template: string): Part[] {
  const parts: Part[] = [];
  let rest = template;
  let trimNext = false;
  for (;;) {
    const start = rest.indexOf('{{');
    let text = start === -1 ? rest : rest.slice(0, start);
    if (trimNext) text = text.trimStart();
    if (start === -1) {
      if (text !== '') parts.push({ kind: 'text', text });
      return parts;
    }
    const length = endOf(rest.slice(start + 2));
    if (length === -1) throw invalidTemplate(rest.slice(start + 2).trim(), 'is not closed by }}');
    let action = rest.slice(start + 2, start + 2 + length);
    rest = rest.slice(start + 2 + length + 2);
    if (/^-\s/.test(action)) [text, action] = [text.trimEnd(), action.slice(1)];
    trimNext = /\s-$/.test(action);
    if (trimNext) action = action.slice(0, -1);
    if (text !== '') parts.push({ kind: 'text', text });
    action = action.trim();
    if (!/^\/\*[^]*\*\/$/.test(action)) parts.push({ kind: 'action', action });
  }
}

/** Where `}}` stands that is in no string. */
function endOf(text: string): number {
  const pattern = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}\}/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) if (match[0] === '}}') return match.index;
  return -1;
}

export interface Token {
  kind: 'string' | 'number' | 'variable' | 'field' | 'dot' | 'name' | 'sign';
  text: string;
  /** `.a.b` that stands right behind it, without white space. */
  path: string[];
}

const TOKEN =
  /\s*(?:(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)|(?<variable>\$\w*)|(?<field>\.[A-Za-z_]\w*)|(?<dot>\.)|(?<name>[A-Za-z_]\w*)|(?<sign>:=|[()|=,]))/y;
const PATH = /(?:\.[A-Za-z_]\w*)+/y;

export function readTokens(action: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < action.length;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(action);
    if (!match) {
      if (action.slice(at).trim() === '') break;
      throw invalidTemplate(action, 'is not a template action');
    }
    const [kind, text] = Object.entries(match.groups!).find(([, found]) => found !== undefined)!;
    at = TOKEN.lastIndex;
    PATH.lastIndex = at;
    const path = kind === 'variable' || kind === 'field' || text === ')' ? PATH.exec(action)?.[0] : undefined;
    at += path?.length ?? 0;
    tokens.push({ kind: kind as Token['kind'], text: text!, path: path?.slice(1).split('.') ?? [] });
  }
  return tokens;
}

export function invalidTemplate(action: string, problem: string): AppError {
  return new AppError('BAD_REQUEST', `The template {{ ${action} }} ${problem}.`);
}
