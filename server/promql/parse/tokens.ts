export interface Token {
  kind: 'end' | 'number' | 'duration' | 'string' | 'identifier' | 'operator' | 'other';
  text: string;
  start: number;
}

export interface LexicalFault {
  /** Where the faulty token starts, and where Prometheus says that the fault is. */
  token: number;
  at: number;
  reason: string;
}

const BLANK = /(?:\s|#[^\n]*)*/y;
const TOKENS: [Token['kind'], RegExp][] = [
  ['string', /"(?:[^\\"\n]|\\[\s\S])*"|'(?:[^\\'\n]|\\[\s\S])*'|`[^`]*`/y],
  ['duration', /(?:\d+(?:ms|[ywdhms]))+(?![a-zA-Z0-9_])/y],
  ['number', /0x[0-9a-fA-F]*|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?/y],
  ['identifier', /[a-zA-Z_:][a-zA-Z0-9_:]*/y],
  ['operator', /==|!=|<=|>=|[-+*/%^<>]/y],
  ['other', /=~|!~|[=(){}[\],@:]/y],
];

/** The first token at or after `from`. */
export function readToken(query: string, from: number): Token {
  BLANK.lastIndex = from;
  const start = from + (BLANK.exec(query)?.[0].length ?? 0);
  if (start >= query.length) return { kind: 'end', text: '', start: query.length };
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = start;
    const text = pattern.exec(query)?.[0];
    if (text) return { kind, text, start };
  }
  return { kind: 'other', text: String.fromCodePoint(query.codePointAt(start)!), start };
}

/** What no token can be, or brackets that do not pair: found before any question of grammar. */
export function findLexicalFault(query: string): LexicalFault | undefined {
  const open: string[] = [];
  for (
    let token = readToken(query, 0);
    token.kind !== 'end';
    token = readToken(query, token.start + token.text.length)
  ) {
    const { kind, text, start } = token;
    const top = open.at(-1);
    if (kind === 'number' && /[a-zA-Z_]/.test(query[start + text.length] ?? ''))
      return { token: start, at: start, reason: `bad number or duration syntax: ${JSON.stringify(text)}` };
    if (kind !== 'other') continue;
    if (text === '(' || text === '{' || text === '[') open.push(text);
    else if (text === ')') {
      if (top === '[')
        return { token: start, at: start, reason: 'unexpected ")" in subquery or range, expected ":" or "]"' };
      if (top !== '(') return { token: start, at: start + 1, reason: "unexpected right parenthesis ')'" };
      open.pop();
    } else if (text === ']') {
      if (top !== '[') return { token: start, at: start, reason: "unexpected right bracket ']'" };
      open.pop();
    } else if (text === '}') {
      if (top !== '{') return { token: start, at: start, reason: "unexpected character: '}'" };
      open.pop();
    } else if (/^["'`]/.test(text)) {
      return {
        token: start,
        at: start,
        reason: text === '`' ? 'unterminated raw string' : 'unterminated quoted string',
      };
    } else if (text === '!') {
      return { token: start, at: start, reason: `unexpected character after '!': '${query[start + 1] ?? ''}'` };
    } else if (!/^(=~|!~|[=,@:])$/.test(text)) {
      const inside = top === '{' ? ' inside braces' : '';
      return { token: start, at: start, reason: `unexpected character${inside}: '${text}'` };
    }
  }
  const reason = UNCLOSED[open.at(-1) ?? ''];
  return reason === undefined ? undefined : { token: query.length, at: query.length, reason };
}

const UNCLOSED: Record<string, string> = {
  '(': 'unclosed left parenthesis',
  '[': 'unclosed left bracket',
  '{': 'unexpected end of input inside braces',
};
