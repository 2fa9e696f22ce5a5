// info(), with cases after https://prometheus.io/docs/prometheus/latest/querying/functions/#info.
import { describe, expect, test } from 'vitest';
import { ask, askRange } from '../testing/ask.ts';

const SHOP = `
  orders{instance="i1",job="shop",code="200"} 5 6 7
  orders{instance="i2",job="shop",code="200"} 8 9 9
  stray{instance="i9",job="other"} 1 1 1
  owner{instance="i1",job="shop",region="own"} 3 3 3
  target_info{instance="i1",job="shop",region="north",version="1.2"} 1 1 1
  target_info{instance="i2",job="shop",region="south",version="1.3"} 1 1 1
  build_info{instance="i1",job="shop",commit="abc"} 1 1 1
  nothing 4 4 4`;

describe('info', () => {
  test.each([
    [
      'info(orders)',
      [
        'orders{code="200",instance="i1",job="shop",region="north",version="1.2"} 5',
        'orders{code="200",instance="i2",job="shop",region="south",version="1.3"} 8',
      ],
    ],
    ['info(orders, {region="south"})', ['orders{code="200",instance="i2",job="shop",region="south"} 8']],
    [
      'info(orders{instance="i1"}, {region=~".+", unknown=~".*"})',
      ['orders{code="200",instance="i1",job="shop",region="north"} 5'],
    ],
    ['info(orders, {unknown=~".+"})', []],
    [
      'info(orders{instance="i1"}, {__name__="build_info"})',
      ['orders{code="200",commit="abc",instance="i1",job="shop"} 5'],
    ],
    [
      'info(orders{instance="i1"}, {__name__=~".+_info"})',
      ['orders{code="200",commit="abc",instance="i1",job="shop",region="north",version="1.2"} 5'],
    ],
    ['info(orders{instance="i2"}, {__name__="absent_info"})', ['orders{code="200",instance="i2",job="shop"} 8']],
    ['info(orders, {__name__="absent_info", region=~".+"})', []],
    ['info(stray)', ['stray{instance="i9",job="other"} 1']],
    ['info(nothing)', ['nothing{} 4']],
    ['info(owner)', ['owner{instance="i1",job="shop",region="own",version="1.2"} 3']],
    ['info(owner, {region="north"})', ['owner{instance="i1",job="shop",region="own"} 3']],
    ['info(build_info, {__name__=~".+_info"})', ['build_info{commit="abc",instance="i1",job="shop"} 1']],
    ['info(target_info{instance="i1"})', ['target_info{instance="i1",job="shop",region="north",version="1.2"} 1']],
    ['sum by (region) (info(rate(orders[2m]), {region=~".+"})) * 60', ['{region="north"} 1', '{region="south"} 0']],
  ])('%s', async (query, expected) => {
    expect(
      (await ask(SHOP, query, query.includes('rate') ? 2 : 0)).map((line) => line.replace(/^nothing /, 'nothing{} ')),
    ).toEqual(expected);
  });

  test('labels that change are those of the newest sample, step by step', async () => {
    const series = `
      m{instance="a",job="j"} 1 2 3
      target_info{instance="a",job="j",version="1"} 1 1 _
      target_info{instance="a",job="j",version="2"} _ _ 1`;
    expect(await askRange(series, 'info(m)', [0, 2, 1])).toEqual([
      'm{instance="a",job="j",version="1"} 1 2 _',
      'm{instance="a",job="j",version="2"} _ _ 3',
    ]);
  });

  test('is as of the step, also where the series is of another time', async () => {
    const series = 'm{instance="a",job="j"} 1 2 3\ntarget_info{instance="a",job="j",version="1"} 1 1 1';
    expect(await askRange(series, 'info(m offset 1m)', [1, 2, 1])).toEqual(['m{instance="a",job="j",version="1"} 1 2']);
    expect(await askRange(series, 'info(m @ 60)', [1, 2, 1])).toEqual(['m{instance="a",job="j",version="1"} 2 2']);
  });

  test.each([
    [
      'info(m)',
      'm{job="j"} 1\ntarget_info{job="j",x="1"} 1\ntarget_info{job="j",x="2"} 1',
      'found duplicate series for info metric',
    ],
    [
      'info(m, {__name__=~".+_info"})',
      'm{job="j"} 1\na_info{job="j",x="1"} 1\nb_info{job="j",x="2"} 1',
      'conflicting label: x',
    ],
    [
      'info(m, {__name__="h"})',
      'm{job="j"} 1\nh{job="j"} {{count:1 sum:1 buckets:[1]}}',
      'info sample should be float',
    ],
    ['info(m, n)', 'm{job="j"} 1', 'expected label selectors only, got vector selector instead'],
    ['info(m, sum(n))', 'm{job="j"} 1', 'expected label selectors only'],
  ])('%s is refused', async (query, series, message) => {
    await expect(ask(series, query, 0)).rejects.toThrow(message);
  });
});
