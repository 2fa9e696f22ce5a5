import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import type { SampleWindow } from '../evaluate/evaluation.ts';
import { matchesValue } from '../labels/matches-value.ts';
import { parseExpr } from '../parse/parse.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { createStoreSource } from './store-source.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  const series = loadSeries(
    `m{a="x",b="1"} 1 NaN stale 4
     m{a="y\\nz"} 5 6 7 8
     m{a="it's"} 1
     n 1 2`,
    60_000,
  ).map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + START_MS) }));
  await insertSeries(api.store, series, 'first');
  // The same segment sent again under another name, as after a crash that lost what was remembered of it.
  await insertSeries(api.store, series, 'again');
});
afterAll(() => api?.stop());

function read(query: string, options: Partial<SampleWindow> = {}, store = api.store) {
  const expr = parseExpr(query);
  const matchers: Matcher[] = expr.kind === 'vectorSelector' ? expr.matchers : [];
  return createStoreSource(store).read({
    matchers,
    afterMs: START_MS - 1,
    untilMs: START_MS + 600_000,
    samplesMax: 1000,
    seriesMax: 100,
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    ...options,
  });
}

test('samples come in the order of time, once each, with what marks an end told from NaN', async () => {
  const [series, ...others] = await read('m{a="x"}');
  expect(others).toEqual([]);
  expect(series!.labels.toJSON()).toEqual({ __name__: 'm', a: 'x', b: '1' });
  expect([...series!.timestamps]).toEqual([0, 1, 2, 3].map((minute) => START_MS + minute * 60_000));
  expect([...series!.values]).toEqual([1, NaN, NaN, 4]);
  expect([...series!.stale!]).toEqual([0, 0, 1, 0]);
});

test.each([
  ['n', false],
  ['m{b="1"}', true],
  ['{__name__=~"n"}', true],
])('the samples of %s are sought among series: %s', async (query, expected) => {
  const asked: string[] = [];
  const store: Store = {
    ...api.store,
    queryNative: (native) => (asked.push(native.sql), api.store.queryNative(native)),
  };
  expect(await read(query, {}, store)).toHaveLength(1);
  expect(asked.map((sql) => /FROM series/.test(sql))).toEqual([expected]);
});

test('the begin of a window is left out, its end is not', async () => {
  const [series] = await read('n', { afterMs: START_MS, untilMs: START_MS + 60_000 });
  expect([...series!.values]).toEqual([2]);
});

test.each([
  ['{a=~"x|y.*"}', 2],
  ['{a=~"y.z"}', 1],
  ['{a!~"y.*",__name__="m"}', 2],
  [`{a="it's"}`, 1],
  ['{b="",__name__!=""}', 3],
  ['{__name__=~"[mn]"}', 4],
  ['{a=~"y"}', 0],
  ['{a=~"(?i)X"}', 1],
  ['{a="y\\nz"}', 1],
  ['{b=~"\\\\d"}', 1],
  ['{a!="\\t\\\\ {x:String}",a!=""}', 3],
])('%s matches %i series, in the store as everywhere', async (query, count) => {
  const found = await read(query);
  expect(found).toHaveLength(count);
  const expr = parseExpr(query);
  const all = await read('{__name__!=""}');
  const matching = all.filter(({ labels }) =>
    expr.kind === 'vectorSelector'
      ? expr.matchers.every((matcher) => matchesValue(matcher, labels.get(matcher.name)))
      : false,
  );
  expect(found.map(({ labels }) => labels.key)).toEqual(matching.map(({ labels }) => labels.key));
});

test('too many series and too many samples are refused by the store', async () => {
  await expect(read('{__name__!=""}', { seriesMax: 3 })).rejects.toThrow('matches more than 3 series');
  await expect(read('{__name__!=""}', { samplesMax: 5 })).rejects.toThrow(
    'query processing would load too many samples into memory in query execution',
  );
});

test('a query that is given up before it began asks nothing', async () => {
  const leaving = new AbortController();
  leaving.abort(new Error('left'));
  await expect(read('m', { signal: leaving.signal })).rejects.toThrow('left');
});
