import { describe, expect, test } from 'vitest';
import { ask, askRange } from '../testing/ask.ts';

describe('which sample is the value', () => {
  test.each([
    ['the newest of the last five minutes', 'm 1 2', 'm', 5, ['m 2']],
    // 3 leaves the begin out: a sample of exactly five minutes ago is too old.
    ['not one as old as the lookback', 'm 1 2', 'm', 6, []],
    ['none after the series has ended', 'm 1 2 stale', 'm', 3, []],
    ['again when it came back', 'm 1 stale 3', 'm', 3, ['m 3']],
    ['NaN is a value', 'm 1 NaN', 'm', 2, ['m NaN']],
    ['offset', 'm 0+1x9', 'm offset 3m', 9, ['m 6']],
    ['offset into the future', 'm 0+1x9', 'm offset -3m', 3, ['m 6']],
    ['@', 'm 0+1x9', 'm @ 120', 9, ['m 2']],
    ['@ with offset, in either order', 'm 0+1x9', 'm offset 1m @ 120 - m @ 120 offset 1m', 9, ['{} 0']],
    ['a range leaves its begin out', 'm 0+1x9', 'm[2m]', 5, ['m 4@240 5@300']],
    ['and what says that the series has ended', 'm 0 1 stale', 'm[5m]', 3, ['m 0@0 1@60']],
    ['@ of a range', 'm 0+1x9', 'm[2m] @ 180', 9, ['m 2@120 3@180']],
    ['a subquery at multiples of its step, its begin left out', 'm 0+1x9', 'm[4m:2m]', 9, ['m 6@360 8@480']],
    ['on its grid', 'm 0+1x9', 'm[4m:2m]', 8, ['m 6@360 8@480']],
    ['a subquery without a step has one of a minute', 'm 0+1x9', 'm[2m:]', 8, ['m 7@420 8@480']],
    ['a subquery with offset', 'm 0+1x9', '(m * 2)[2m:1m] offset 3m', 8, ['{} 8@240 10@300']],
  ])('%s', async (_name, series, query, minute, expected) => {
    expect(await ask(series, query, minute)).toEqual(expected);
  });

  test('start() and end() are those of the query, in a subquery too', async () => {
    expect(await askRange('m 0+1x9', 'm @ start() + m @ end()', [2, 5, 1])).toEqual(['{} 7 7 7 7']);
    expect(await askRange('m 0+1x9', 'sum_over_time((m @ end())[2m:1m])', [2, 4, 1])).toEqual(['{} 8 8 8']);
  });
});

const REQUESTS = `
  req{job="api",code="200"} 100
  req{job="api",code="500"} 10
  req{job="db",code="200"} 50
  lim{job="api"} 1000
  lim{job="db"} 100
  lim{job="web"} 10
  own{job="api",team="red"} 1
  own{job="db",team="blue"} 1`;

describe('matching', () => {
  test.each([
    ['lim / 10', ['{job="api"} 100', '{job="db"} 10', '{job="web"} 1']],
    ['lim > 50', ['lim{job="api"} 1000', 'lim{job="db"} 100']],
    ['50 > lim', ['lim{job="web"} 10']],
    ['lim > bool 50', ['{job="api"} 1', '{job="db"} 1', '{job="web"} 0']],
    ['lim - on (job) own', ['{job="api"} 999', '{job="db"} 99']],
    ['lim == on (job) lim', ['{job="api"} 1000', '{job="db"} 100', '{job="web"} 10']],
    ['own < ignoring (team) lim', ['own{job="api"} 1', 'own{job="db"} 1']],
    [
      'req / on (job) group_left () lim',
      ['{code="200",job="api"} 0.1', '{code="200",job="db"} 0.5', '{code="500",job="api"} 0.01'],
    ],
    [
      'lim / on (job) group_right () req',
      ['{code="200",job="api"} 10', '{code="200",job="db"} 2', '{code="500",job="api"} 100'],
    ],
    [
      'req * on (job) group_left (team) own',
      [
        '{code="200",job="api",team="red"} 100',
        '{code="200",job="db",team="blue"} 50',
        '{code="500",job="api",team="red"} 10',
      ],
    ],
    ['req > on (job) group_left () (lim / 20)', ['req{code="200",job="api"} 100', 'req{code="200",job="db"} 50']],
    ['lim and on (job) own', ['lim{job="api"} 1000', 'lim{job="db"} 100']],
    ['lim unless on (job) own', ['lim{job="web"} 10']],
    ['lim{job="api"} or own', ['lim{job="api"} 1000', 'own{job="api",team="red"} 1', 'own{job="db",team="blue"} 1']],
    ['lim{job="api"} or on (job) own', ['lim{job="api"} 1000', 'own{job="db",team="blue"} 1']],
    ['lim and vector(1)', []],
    ['lim{job="api"} and on () vector(1)', ['lim{job="api"} 1000']],
    ['-lim{job="api"}', ['{job="api"} -1000']],
    ['lim + missing', []],
  ])('%s', async (query, expected) => {
    expect(await ask(REQUESTS, query, 0)).toEqual(expected);
  });

  test.each([
    [
      'lim - on (job) req',
      'found duplicate series for the match group {job="api"} on the right hand-side of the operation: ' +
        '[{__name__="req", code="500", job="api"}, {__name__="req", code="200", job="api"}];' +
        'many-to-many matching not allowed: matching labels must be unique on one side',
    ],
    [
      'req - on (job) lim',
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    ],
    ['req - on (job) group_left (code) lim', 'multiple matches for labels: grouping labels must ensure unique matches'],
    ['{job="api",code=""} * 2', 'vector cannot contain metrics with the same labelset'],
  ])('%s is refused', async (query, message) => {
    const twice = `${REQUESTS}\n  own2{job="api"} 1`;
    await expect(ask(query.startsWith('{') ? twice : REQUESTS, query, 0)).rejects.toThrow(message);
  });

  test('that a match is the only one is a question of each step', async () => {
    const series = 'a{x="1"} 1 1 1 1\nb{x="1",y="1"} 1 stale _ _\nb{x="1",y="2"} _ _ 2 2';
    expect(await askRange(series, 'a + on (x) b', [0, 3, 1])).toEqual(['{x="1"} 2 _ 3 3']);
  });

  test('a filter takes steps away, and or fills them', async () => {
    expect(await askRange('a 1 5 2 6\nb{x="y"} 9 9 9 9', 'a > 3 or b', [0, 3, 1])).toEqual([
      'a _ 5 _ 6',
      'b{x="y"} 9 9 9 9',
    ]);
    expect(await askRange('a 1 5 2 6\nb{x="y"} 9 9 9 9', 'b unless on () (a > 3)', [0, 3, 1])).toEqual([
      'b{x="y"} 9 _ 9 _',
    ]);
  });
});

const VALUES = `
  v{g="a",i="1"} 1
  v{g="a",i="2"} 2
  v{g="a",i="3"} 6
  v{g="b",i="1"} NaN
  v{g="b",i="2"} 4`;

describe('aggregation', () => {
  test.each([
    ['sum by (g) (v)', ['{g="a"} 9', '{g="b"} NaN']],
    ['avg without (i) (v)', ['{g="a"} 3', '{g="b"} NaN']],
    ['min by (g) (v)', ['{g="a"} 1', '{g="b"} 4']],
    ['max by (g) (v)', ['{g="a"} 6', '{g="b"} 4']],
    ['count(v)', ['{} 5']],
    ['group by (i) (v)', ['{i="1"} 1', '{i="2"} 1', '{i="3"} 1']],
    ['stdvar by (g) (v{g="a"})', ['{g="a"} 4.666666667']],
    ['stddev(v{i="2"})', ['{} 1']],
    ['stdvar(vector(Inf))', ['{} NaN']],
    ['quantile(0.5, v{g="a"})', ['{} 2']],
    ['quantile by (g) (0.75, v)', ['{g="a"} 4', '{g="b"} NaN']],
    ['quantile(1.5, v)', ['{} +Inf']],
    ['topk(2, v)', ['v{g="a",i="3"} 6', 'v{g="b",i="2"} 4']],
    ['topk by (g) (1, v)', ['v{g="a",i="3"} 6', 'v{g="b",i="2"} 4']],
    ['bottomk(1, v{g="a"})', ['v{g="a",i="1"} 1']],
    ['topk(0, v)', []],
    ['topk(scalar(count(v)) - 4, v)', ['v{g="a",i="3"} 6']],
    ['limitk(2, v)', ['v{g="a",i="1"} 1', 'v{g="a",i="2"} 2']],
    ['count_values("value", v > 1)', ['{value="2"} 1', '{value="4"} 1', '{value="6"} 1']],
    ['count_values by (g) ("g", v{g="a"} * 0)', ['{g="0"} 3']],
    ['sum by (nothing) (v{g="a"})', ['{} 9']],
    ['sum(missing)', []],
    ['sum without (g, i) (v{g="a"})', ['{} 9']],
    ['avg(vector(1.7e308) or on (x) label_replace(vector(1.7e308), "x", "y", "", ""))', [`{} 17${'0'.repeat(307)}`]],
  ])('%s', async (query, expected) => {
    expect(await ask(VALUES, query, 0)).toEqual(expected);
  });

  test.each([
    ['topk(NaN, v)', 'Parameter value is NaN'],
    ['topk(1e30, v)', 'Scalar value 1e+30 overflows int64'],
    ['limit_ratio(NaN, v)', 'Ratio value is NaN'],
  ])('%s is refused', async (query, message) => {
    await expect(ask(VALUES, query, 0)).rejects.toThrow(message);
  });

  test('who is on top is a question of each step', async () => {
    const series = 'm{a="1"} 1 3 1\nm{a="2"} 2 2 stale';
    expect(await askRange(series, 'topk(1, m)', [0, 2, 1])).toEqual(['m{a="1"} _ 3 1', 'm{a="2"} 2 _ _']);
    expect(await askRange(series, 'sum(m)', [0, 2, 1])).toEqual(['{} 3 5 1']);
    expect(await askRange(series, 'count_values("v", m)', [0, 2, 1])).toEqual([
      '{v="1"} 1 _ 1',
      '{v="2"} 1 1 _',
      '{v="3"} _ 1 _',
    ]);
  });
});

test('a scalar has a value at every step, a string only at one', async () => {
  expect(await askRange('m 1', 'time()', [0, 2, 1])).toEqual(['{} 0 60 120']);
  await expect(askRange('m 1', '"text"', [0, 2, 1])).rejects.toThrow(
    'invalid expression type "string" for range query, must be Scalar or instant Vector',
  );
  await expect(askRange('m 1', 'm[5m]', [0, 2, 1])).rejects.toThrow(
    'invalid expression type "range vector" for range query, must be Scalar or instant Vector',
  );
});

test('a rule as long as generated ones are', async () => {
  expect(await ask('m 2', 'm' + ' + m'.repeat(1_500), 0)).toEqual(['{} 3002']);
});
