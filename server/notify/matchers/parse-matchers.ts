import { AppError } from '#server/errors.ts';
import { compilePattern, type Matcher } from './matcher.ts';

const MATCHER = /^\s*([a-zA-Z_:][\w:]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^"{}]*?))\s*$/s;
const ESCAPES: Record<string, string> = { n: '\n', '"': '"', '\\': '\\' };

/** Reads one matcher as Alertmanager writes them: `severity="critical"`, `service=~orders|payments`. */
export function parseMatcher(text: string): Matcher {
  const match = MATCHER.exec(text);
  if (!match)
    throw new AppError(
      'BAD_REQUEST',
      `${JSON.stringify(text)} is not a matcher: write it like severity="critical" or service=~"a|b"`,
    );
  const [, name, op, quoted, bare] = match as unknown as [
    string,
    string,
    string,
    string | undefined,
    string | undefined,
  ];
  const value =
    quoted === undefined
      ? (bare ?? '')
      : quoted.replace(/\\(.)/gs, (whole, character: string) => ESCAPES[character] ?? whole);
  const matcher = { name, value, isRegex: op.endsWith('~'), isEqual: op.startsWith('=') };
  if (matcher.isRegex) compilePattern(value);
  return matcher;
}

/** Reads `{a="b", c!="d"}`, with or without braces; a comma within quotes belongs to the value. */
export function parseMatchers(text: string): Matcher[] {
  const inner = text.trim().replace(/^\{(.*)\}$/s, '$1');
  const parts = inner.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/gs) ?? [];
  return parts.filter((part) => part.trim() !== '').map(parseMatcher);
}
