import { describe, expect, test } from 'vitest';
import { printExpr } from '../print/print-expr.ts';
import { parseExpr } from './parse.ts';

/** With every operation in parentheses. */
function grouped(query: string): string {
  const show = (expr: ReturnType<typeof parseExpr>): string => {
    if (expr.kind === 'binary') return `(${show(expr.left)} ${expr.op} ${show(expr.right)})`;
    if (expr.kind === 'unary') return `${expr.op}(${show(expr.expr)})`;
    return printExpr(expr);
  };
  return show(parseExpr(query));
}

describe('what belongs together', () => {
  test.each([
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['a or b and c == d + e', '(a or (b and (c == (d + e))))'],
    ['a unless b and c', '((a unless b) and c)'],
    ['a % b atan2 c / d', '(((a % b) atan2 c) / d)'],
    // Lower than a power, as high as a product.
    ['-2 ^ 2', '-((2 ^ 2))'],
    ['-a ^ b', '-((a ^ b))'],
    ['-a * b', '(-(a) * b)'],
    ['a ^ -b * c', '((a ^ -(b)) * c)'],
    ['2 ^ -1', '(2 ^ -1)'],
    ['1 - -1', '(1 - -1)'],
    // What follows an operand is its own.
    ['a + b offset 5m', '(a + b offset 5m)'],
    ['a + b offset 5m * c', '(a + (b offset 5m * c))'],
    ['-a @ 5', '-(a @ 5.000)'],
    ['-rate(a[5m]) * b', '(-(rate(a[5m])) * b)'],
    ['a + max_over_time(b[5m:1m] offset 1m)', '(a + max_over_time(b[5m:1m] offset 1m))'],
  ])('%s', (query, expected) => {
    expect(grouped(query)).toBe(expected);
  });
});

describe('written in one form', () => {
  test.each([
    ['SUM(x)BY(a,b)', 'sum by (a, b) (x)'],
    ['sum without() (x)', 'sum without () (x)'],
    ['topk by(a)(5,x)', 'topk by (a) (5, x)'],
    ['a+on(b)group_left(c)d', 'a + on (b) group_left (c) d'],
    ['a > bool ignoring(x) b', 'a > bool ignoring (x) b'],
    ["x{a='b',c!~`d.*`,}", 'x{a="b",c!~"d.*"}'],
    ['{__name__="a:b"} + a:b', '{__name__="a:b"} + a:b'],
    ['{__name__=~"x.*"}', '{__name__=~"x.*"}'],
    ['{"a.b", "c d"="e"}', '{"a.b","c d"="e"}'],
    ['x[90s] offset -1h30m', 'x[1m30s] offset -1h30m'],
    ['x[1d:1w] @ end()', 'x[1d:1w] @ end()'],
    ['x[300]', 'x[5m]'],
    ['x offset 1w2d', 'x offset 9d'],
    ['0x1F + 1e3 + 1_000 + .5 + 017', '31 + 1000 + 1000 + 0.5 + 15'],
    ['Inf + -inf + NaN', '+Inf + -Inf + NaN'],
    ['5m', '5m'],
    ['label_replace(x, "a", "\\u00e9\\x41\\101", "b", "c")', 'label_replace(x, "a", "éAA", "b", "c")'],
    ['by + on', undefined],
    ['sum + rate + offset_x + bool_x', 'sum + rate + offset_x + bool_x'],
    ['x # a comment\n + y', 'x + y'],
    ['# only\nx', 'x'],
  ])('%s', (query, expected) => {
    if (expected === undefined) expect(() => parseExpr(query)).toThrow('parse error');
    else expect(printExpr(parseExpr(query))).toBe(expected);
  });
});

/** All but the last group as Prometheus 2.42 said when it was asked. */
describe('what is wrong, and where', () => {
  test.each([
    ['', '1:1: parse error: no expression found in input'],
    ['sum(', '1:5: parse error: unclosed left parenthesis'],
    ['foo{', '1:5: parse error: unexpected end of input inside braces'],
    ['foo bar', '1:5: parse error: unexpected identifier "bar"'],
    ['foo(bar)', '1:1: parse error: unknown function with name "foo"'],
    ['1 +', '1:4: parse error: unexpected end of input'],
    ['foo)', `1:5: parse error: unexpected right parenthesis ')'`],
    ['foo[5m', '1:7: parse error: unclosed left bracket'],
    ['foo{a=}', '1:7: parse error: unexpected "}" in label matching, expected string'],
    ['foo{a}', '1:6: parse error: unexpected "}" in label matching, expected label matching operator'],
    ['foo{a=b}', '1:7: parse error: unexpected identifier "b" in label matching, expected string'],
    ['foo{a="b" c="d"}', '1:11: parse error: unexpected identifier "c" in label matching, expected "," or "}"'],
    ['foo{,}', '1:5: parse error: unexpected "," in label matching, expected identifier or "}"'],
    ['sum by a (foo)', '1:8: parse error: unexpected identifier "a" in grouping opts, expected "("'],
    ['sum(foo) by', '1:12: parse error: unexpected end of input in grouping opts, expected "("'],
    ["'a", '1:1: parse error: unterminated quoted string'],
    ['foo{a="\\q"}', "1:7: parse error: unknown escape sequence U+0071 'q'"],
    ['rate(foo)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['a + group_left b', '1:5: parse error: unexpected <group_left>'],
    ['a and 1', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['1 == 1', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
    ['a + bool b', '1:3: parse error: bool modifier can only be used on comparison operators'],
    ['{}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['foo[5m][5m]', '1:8: parse error: ranges only allowed for vector selectors'],
    ['(foo)[5m]', '1:6: parse error: ranges only allowed for vector selectors'],
    ['foo offset 5m offset 5m', '1:1: parse error: offset may not be set multiple times'],
    ['sum(a,b)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2'],
    ['sum()', '1:1: parse error: no arguments for aggregate expression provided'],
    ['topk(a)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['abs()', '1:1: parse error: expected 1 argument(s) in call to "abs", got 0'],
    ['abs(a,b)', '1:1: parse error: expected 1 argument(s) in call to "abs", got 2'],
    ['"a" + 1', '1:1: parse error: binary expression must contain only scalar and instant vector types'],
    ['a[5m] + 1', '1:1: parse error: binary expression must contain only scalar and instant vector types'],
    [
      '-"a"',
      '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string"',
    ],
    ['foo @ bar', '1:7: parse error: unexpected identifier "bar" in @, expected timestamp'],
    ['foo $ bar', "1:5: parse error: unexpected character: '$'"],
    ['a ! b', "1:3: parse error: unexpected character after '!': ' '"],
    ['sum(x, )', '1:6: parse error: trailing commas not allowed in function call args'],
    ['rate(x[5m)', '1:10: parse error: unexpected ")" in subquery or range, expected ":" or "]"'],
    ['1 1', '1:3: parse error: unexpected number "1"'],
    ['1.5.5', '1:4: parse error: unexpected number ".5"'],
    ['1x', '1:1: parse error: bad number or duration syntax: "1"'],
    ['a +* b', '1:4: parse error: unexpected <op:*>'],
    ['[5m]', '1:1: parse error: unexpected "["'],
    ['foo[5m:]:', '1:9: parse error: unexpected metric identifier ":"'],
    ['a = b', '1:3: parse error: unexpected "="'],
    ['a == bool', '1:10: parse error: unexpected end of input'],
    ['a on b', '1:3: parse error: unexpected <on>'],
    ['a{b="c"}{d="e"}', '1:9: parse error: unexpected "{"'],
    ['x{__name__="y"}', '1:1: parse error: metric name must not be set twice: "x" or "y"'],
    ['foo[0m]', '1:5: parse error: duration must be greater than 0'],
    [')', "1:2: parse error: unexpected right parenthesis ')'"],
    ['}', "1:1: parse error: unexpected character: '}'"],
    ['a]', "1:2: parse error: unexpected right bracket ']'"],
    ['label_replace(a)', '1:1: parse error: expected 5 argument(s) in call to "label_replace", got 1'],
    ['a\n  + +\n  $', "3:3: parse error: unexpected character: '$'"],
    // In the words of 3.
    ['foo{a=~"("}', '1:5: parse error: error parsing regexp: missing closing ): `^(?s:()$`'],
    [
      'foo offset bar',
      '1:12: parse error: unexpected identifier "bar" in offset, expected number, duration, step(), or range()',
    ],
    ['first_over_time(a[1m])', '1:1: parse error: function "first_over_time" is not enabled'],
    [
      'limitk(1, a)',
      '1:1: parse error: limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions',
    ],
    ['foo[5m+1m]', '1:5: parse error: experimental duration expression is not enabled'],
    ['a + fill(0) b', '1:1: parse error: binop fill modifiers are experimental and not enabled'],
    ['a + on (x) group_left (x) b', '1:3: parse error: label "x" must not occur in ON and GROUP clause at once'],
    ['a and on (x) group_left b', '1:1: parse error: no grouping allowed for "and" operation'],
    ['a + on (x) 1', '1:1: parse error: vector matching only allowed between instant vectors'],
    [
      '-foo[5m:1m]',
      '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "range vector"',
    ],
    [
      '(a + b) offset 5m',
      '1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    ],
  ])('%s', (query, message) => {
    expect(() => parseExpr(query)).toThrow(expect.objectContaining({ message }));
  });

  test('a thousand parentheses are an error, not the end of the stack', () => {
    expect(() => parseExpr('('.repeat(1000) + '1' + ')'.repeat(1000))).toThrow('nested too deeply');
  });

  test('so is a sum without an end, while a long one is read', () => {
    expect(() => parseExpr('1' + ' + 1'.repeat(100_000))).toThrow('nested too deeply');
    expect(printExpr(parseExpr('a' + ' + a'.repeat(1_500)))).toHaveLength(6_001);
    const names = Array.from({ length: 1_000 }, (_, place) => `m${place}{a="${place}"}`).join(' or ');
    expect(printExpr(parseExpr(`sum by (x) (${names})`))).toBe(`sum by (x) (${names})`);
  });

  test('arithmetic in durations, where it is enabled', () => {
    const options = { experimentalFunctions: true, durations: { stepMs: 30_000, rangeMs: 3_600_000 } };
    const printed = (query: string) => printExpr(parseExpr(query, options));
    expect(printed('x[5m + 2 * 30s]')).toBe('x[6m]');
    expect(printed('x[step() * 4] offset -(1m)')).toBe('x[2m] offset -1m');
    expect(printed('x[min_of(range(), 10m)]')).toBe('x[10m]');
    expect(() => printed('x[5m - 5m]')).toThrow('duration must be greater than 0');
  });
});
