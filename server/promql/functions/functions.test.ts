import { describe, expect, test } from 'vitest';
import { ask, askRange } from '../testing/ask.ts';

/** The value of a function over `vector(value)`. */
async function of(query: string): Promise<string> {
  const lines = await ask('m 1', query, 0);
  return lines.map((line) => line.replace(/^\{\} /, '')).join(' ') || 'nothing';
}

describe('of a value', () => {
  test.each([
    ['abs(vector(-2))', '2'],
    ['ceil(vector(-1.5))', '-1'],
    ['floor(vector(-1.5))', '-2'],
    ['sqrt(vector(-1))', 'NaN'],
    ['exp(vector(1))', '2.718281828'],
    ['ln(vector(0))', '-Inf'],
    ['log2(vector(8))', '3'],
    ['log10(vector(1000))', '3'],
    ['sgn(vector(-7))', '-1'],
    ['sgn(vector(0))', '0'],
    ['sgn(vector(NaN))', 'NaN'],
    ['deg(vector(pi()))', '180'],
    ['rad(vector(180)) - pi()', '0'],
    ['sin(vector(pi() / 2))', '1'],
    ['cos(vector(0))', '1'],
    ['tan(vector(0))', '0'],
    ['asin(vector(1)) * 2 - pi()', '0'],
    ['acos(vector(2))', 'NaN'],
    ['atan(vector(Inf)) * 2 - pi()', '0'],
    ['sinh(vector(1))', '1.175201194'],
    ['cosh(vector(1))', '1.543080635'],
    ['tanh(vector(Inf))', '1'],
    ['asinh(vector(1))', '0.881373587'],
    ['acosh(vector(1))', '0'],
    ['atanh(vector(1))', '+Inf'],
    ['round(vector(2.5))', '3'],
    ['round(vector(-2.5))', '-2'],
    ['round(vector(23), 10)', '20'],
    ['round(vector(0.36), 0.1)', '0.4'],
    ['clamp(vector(5), 1, 3)', '3'],
    ['clamp(vector(5), 3, 1)', 'nothing'],
    ['clamp_min(vector(5), 7)', '7'],
    ['clamp_max(vector(5), 3)', '3'],
    ['clamp_max(vector(5), NaN)', 'NaN'],
    ['vector(time())', '0'],
    ['vector(scalar(m))', '1'],
    ['vector(scalar(missing))', 'NaN'],
    ['vector(1) ^ NaN', '1'],
    ['-1 ^ vector(Inf)', '-1'],
    ['5 % vector(-3)', '2'],
    ['vector(1) / 0', '+Inf'],
    ['vector(1) atan2 0 - pi() / 2', '0'],
    ['1 + 2 ^ 3 ^ 2', '513'],
    ['1 < bool 2', '1'],
    ['5m', '300'],
    // Of floats these know nothing.
    ['histogram_count(vector(1))', 'nothing'],
  ])('%s is %s', async (query, expected) => {
    expect(await of(query)).toBe(expected);
  });
});

/** 2024-02-29 23:59:30 UTC, a Thursday, the 60th day of a leap year. */
describe('of a time', () => {
  test.each([
    ['year', '2024'],
    ['month', '2'],
    ['day_of_month', '29'],
    ['day_of_week', '4'],
    ['day_of_year', '60'],
    ['days_in_month', '29'],
    ['hour', '23'],
    ['minute', '59'],
  ])('%s', async (name, expected) => {
    expect(await of(`${name}(vector(1709251170))`)).toBe(expected);
    expect(await of(`${name}()`)).toBe(
      { year: '1970', month: '1', day_of_month: '1', day_of_week: '4', day_of_year: '1', days_in_month: '31' }[name] ??
        '0',
    );
  });
});

describe('labels', () => {
  const SERIES = 'm{a="x-1",b="B"} 1\nm{a="y-2",b="B"} 2';
  test.each([
    ['label_replace(m, "c", "$2$1", "a", "(.*)-(.*)")', ['m{a="x-1",b="B",c="1x"} 1', 'm{a="y-2",b="B",c="2y"} 2']],
    [
      'label_replace(m, "c", "${letter}_", "a", "(?P<letter>x).*")',
      ['m{a="x-1",b="B",c="x_"} 1', 'm{a="y-2",b="B"} 2'],
    ],
    // Anchored, so nothing changes; an empty value takes the label away; the dollar of a dollar.
    ['label_replace(m, "c", "z", "a", "x")', ['m{a="x-1",b="B"} 1', 'm{a="y-2",b="B"} 2']],
    ['label_replace(m, "b", "", "b", ".*")', ['m{a="x-1"} 1', 'm{a="y-2"} 2']],
    ['label_replace(m, "b", "$$1", "b", ".*")', ['m{a="x-1",b="$1"} 1', 'm{a="y-2",b="$1"} 2']],
    ['label_replace(m, "__name__", "n", "", "")', ['n{a="x-1",b="B"} 1', 'n{a="y-2",b="B"} 2']],
    [
      'label_join(m, "c", "/", "b", "a", "missing")',
      ['m{a="x-1",b="B",c="B/x-1/"} 1', 'm{a="y-2",b="B",c="B/y-2/"} 2'],
    ],
  ])('%s', async (query, expected) => {
    expect(await ask(SERIES, query, 0)).toEqual(expected);
  });

  test.each([
    ['label_replace(m, "a", "same", "b", ".*")', 'vector cannot contain metrics with the same labelset'],
    ['label_replace(m, "c", "$1", "a", "(")', 'invalid regular expression in label_replace(): ('],
    ['label_replace(m, "", "$1", "a", "(.*)")', 'invalid destination label name in label_replace(): '],
  ])('%s is refused', async (query, message) => {
    await expect(ask(SERIES, query, 0)).rejects.toThrow(message);
  });

  test('a pattern that would take for ever elsewhere is answered', async () => {
    const long = `m{a="${'a'.repeat(50_000)}!"} 1`;
    const started = performance.now();
    expect(await ask(long, 'label_replace(m, "c", "$1", "a", "(a+)+b")', 0)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('absence', () => {
  test.each([
    ['absent(m)', []],
    ['absent(n{a="b",c=~"d",e!="f"})', ['{a="b"} 1']],
    ['absent(n{a="b",a="c"})', ['{} 1']],
    ['absent(sum(n{a="b"}))', ['{} 1']],
    ['absent_over_time(m[5m])', []],
    ['absent_over_time(n{a="b"}[5m])', ['{a="b"} 1']],
    ['absent_over_time(m[5m] offset 10m)', ['{} 1']],
    ['absent_over_time((n > 0)[5m:1m])', ['{} 1']],
  ])('%s', async (query, expected) => {
    expect(await ask('m 1 1 1', query, 2)).toEqual(expected);
  });

  test('is a question of each step', async () => {
    expect(await askRange('m 1 1 stale _ 1', 'absent(m)', [0, 4, 1])).toEqual(['{} _ _ 1 1 _']);
    expect(await askRange('m 1 1 stale _ 1', 'absent_over_time(m[1m])', [0, 4, 1])).toEqual(['{} _ _ 1 1 _']);
  });
});

describe('order', () => {
  const SERIES = 'm{a="2"} 3\nm{a="10"} NaN\nm{a="1"} 1\nm{a="3"} 2';
  test.each([
    ['sort(m)', ['1', '3', '2', '10']],
    ['sort_desc(m)', ['2', '3', '1', '10']],
    ['sort_by_label(m, "a")', ['1', '2', '3', '10']],
    ['sort_by_label_desc(m, "a")', ['10', '3', '2', '1']],
    ['topk(3, m)', ['2', '3', '1']],
    ['bottomk(2, m)', ['1', '3']],
  ])('%s', async (query, expected) => {
    const lines = await ask(SERIES, query, 0, { sorted: false });
    expect(lines.map((line) => /a="(\d+)"/.exec(line)![1])).toEqual(expected);
  });
});

test('timestamp is that of the sample for a selector, and of the evaluation for all else', async () => {
  const series = 'm 1 2';
  expect(await ask(series, 'timestamp(m)', 3)).toEqual(['{} 60']);
  expect(await ask(series, 'timestamp((m offset 2m))', 3)).toEqual(['{} 60']);
  expect(await ask(series, 'timestamp(m + 0)', 3)).toEqual(['{} 180']);
});

test('a query knows its own bounds', async () => {
  expect(await askRange('m 1', 'start() + end() + range() + step()', [1, 3, 1])).toEqual(['{} 420 420 420']);
});
