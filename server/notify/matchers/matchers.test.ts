import { expect, it } from 'vitest';
import { formatMatcher, matchesAll } from './matcher.ts';
import { parseMatcher, parseMatchers } from './parse-matchers.ts';

it.each([
  ['severity="critical"', 'severity="critical"'],
  [' severity = critical ', 'severity="critical"'],
  ['service=~"a|b"', 'service=~"a|b"'],
  ['service!~a.*', 'service!~"a.*"'],
  ['a!="x, \\"y\\" \\\\ =~"', 'a!="x, \\"y\\" \\\\ =~"'],
  ['a=', 'a=""'],
  ['a=~"\\d+"', 'a=~"\\\\d+"'],
])('%s reads as %s', (text, written) => expect(formatMatcher(parseMatcher(text))).toBe(written));

it.each(['', 'severity', '="x"', 'a="x', 'a b="x"', 'a=~"("', 'a={x}'])('%s is refused', (text) =>
  expect(() => parseMatcher(text)).toThrow(/matcher|regular expression/),
);

it.each([
  ['{a="b",c!="d"}', 2],
  ['a="b,c"', 1],
  ['a=b, c=~"d,e"', 2],
  ['{}', 0],
  ['', 0],
])('%s has %i', (text, count) => expect(parseMatchers(text)).toHaveLength(count));

it.each([
  ['a=b', { a: 'b' }, true],
  ['a=b', { a: 'bc' }, false],
  ['a=~b', { a: 'bc' }, false],
  ['a=~"b.*"', { a: 'bc' }, true],
  ['a!~"b|c"', { a: 'd' }, true],
  ['a!=b', {}, true],
  ['a=""', {}, true],
  ['a=~".+"', {}, false],
  ['a=b,c=d', { a: 'b', c: 'x' }, false],
  ['', { a: 'b' }, true],
] as const)('%s on %j: %s', (text, labels, expected) => expect(matchesAll(parseMatchers(text), labels)).toBe(expected));

it('a pattern that doubles with each letter costs no time', () => {
  const startedMs = performance.now();
  expect(matchesAll(parseMatchers('a=~"(x+x+)+y"'), { a: 'x'.repeat(5_000) })).toBe(false);
  expect(performance.now() - startedMs).toBeLessThan(20_000);
});
