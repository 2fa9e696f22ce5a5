import { RE2JS } from 're2js';
import type { Matcher } from '../ast.ts';

/** Whether a label's value (empty where there is no such label) fits; throws where the pattern is none. */
export function matchesValue(matcher: Matcher, value: string): boolean {
  return compileMatcher(matcher)(value);
}

/** The same for many values. */
export function compileMatcher({ op, value: wanted }: Matcher): (value: string) => boolean {
  if (op === '=') return (value) => value === wanted;
  if (op === '!=') return (value) => value !== wanted;
  const pattern = compilePattern(wanted);
  return op === '=~' ? (value) => pattern.matches(value) : (value) => !pattern.matches(value);
}

/** Patterns are anchored, and a dot is any character, line ends too. */
export function anchored(pattern: string): string {
  return `^(?s:${pattern})$`;
}

/** RE2, so that no pattern can run for ever. */
export function compilePattern(pattern: string): RE2JS {
  return RE2JS.compile(anchored(pattern));
}
