import { RE2JS } from 're2js';
import { AppError } from '#server/errors.ts';

/** A condition on a label, in the shape of Alertmanager's API. A label that an alert does not have is an empty one. */
export interface Matcher {
  name: string;
  value: string;
  isRegex: boolean;
  isEqual: boolean;
}

const PATTERNS_MAX = 1_000;
/** Matching runs for every alert at every look: a pattern is compiled once. */
const patterns = new Map<string, RE2JS>();

export function matchesAll(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every(({ name, value, isRegex, isEqual }) => {
    const actual = labels[name] ?? '';
    return (isRegex ? compilePattern(value).matches(actual) : actual === value) === isEqual;
  });
}

/** Compiles a pattern of RE2, whose time is linear: what people type into a form cannot stall the evaluator. */
export function compilePattern(value: string): RE2JS {
  const known = patterns.get(value);
  if (known) return known;
  try {
    const pattern = RE2JS.compile(value);
    if (patterns.size >= PATTERNS_MAX) patterns.clear();
    patterns.set(value, pattern);
    return pattern;
  } catch (cause) {
    throw new AppError(
      'BAD_REQUEST',
      `${JSON.stringify(value)} is not a regular expression: ${(cause as Error).message}`,
    );
  }
}

/** `service=~"a|b"` */
export function formatMatcher({ name, value, isRegex, isEqual }: Matcher): string {
  const op = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
  return `${name}${op}${JSON.stringify(value)}`;
}
