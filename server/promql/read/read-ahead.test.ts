import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '#server/store/client.ts';
import type { SampleWindow } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import type { Labels } from '../labels/labels.ts';
import { parseExpr } from '../parse/parse.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { readAhead } from './read-ahead.ts';
import { createSourceAhead, createStoreSource } from './store-source.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const END_MS = START_MS + 600_000;

let api: TestApi;
/** Names of the statements that were sent. */
let asked: string[];
let store: Store;

beforeAll(async () => {
  api = await startTestApi();
  store = {
    ...api.store,
    query: (question) => (asked.push(question.name), api.store.query(question)),
    queryNative: (question) => (asked.push(question.name), api.store.queryNative(question)),
  };
  await insert('m{a="x",b="1"} 1 NaN stale 4\nm{a="y"} 5 6 7 8\nm{a="z"} 1\nn 1 2\nlong 1 2', 'first');
});
afterAll(() => api?.stop());
beforeEach(() => (asked = []));

function insert(text: string, token: string): Promise<void> {
  const series = loadSeries(text, 60_000);
  return insertSeries(
    api.store,
    series.map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + START_MS) })),
    token,
  );
}

function windowOf(query: string, options: Partial<SampleWindow> = {}): SampleWindow {
  const expr = parseExpr(query);
  return {
    matchers: expr.kind === 'vectorSelector' ? expr.matchers : [],
    afterMs: START_MS - 1,
    untilMs: END_MS,
    samplesMax: 1000,
    seriesMax: 100,
    // What is left of a query's time.
    timeoutMs: 9_999.9,
    signal: new AbortController().signal,
    ...options,
  };
}

function plain(series: RawSeries[] | undefined): unknown {
  return series?.map(({ labels, timestamps, values, stale }) => ({
    key: labels.key,
    timestamps: [...timestamps],
    values: [...values],
    stale: [...(stale ?? new Uint8Array(values.length))],
  }));
}

test('what is read together is what each selector reads alone, also within a narrower window', async () => {
  const windows = ['m', 'm{a="x"}', 'm{a=~"x|z"}', 'm{b=""}', 'm{a!~"x"}', 'n', 'n{a!="q"}', 'missing'].map((query) =>
    windowOf(query),
  );
  const known = new Map<bigint, Labels>();
  const ahead = await readAhead(store, windows, known);
  expect(asked).toEqual(['promql-samples', 'promql-series']);
  const narrow = { afterMs: START_MS, untilMs: START_MS + 120_000 };
  for (const window of [...windows, ...windows.map((each) => ({ ...each, ...narrow }))])
    expect(plain(ahead(window))).toEqual(plain(await createStoreSource(api.store).read(window)));

  asked = [];
  await readAhead(store, windows, known);
  expect(asked, 'labels that are known').toEqual(['promql-samples']);
});

test('a series that is new is found', async () => {
  const known = new Map<bigint, Labels>();
  const windows = [windowOf('fresh'), windowOf('n')];
  expect((await readAhead(store, windows, known))(windows[0]!)).toEqual([]);
  await insert('fresh{a="b"} 7', 'fresh');
  const [fresh] = (await readAhead(store, windows, known))(windows[0]!)!;
  expect(fresh!.labels.toJSON()).toEqual({ __name__: 'fresh', a: 'b' });
});

test('what was not read ahead is left to others: another selector, a wider window, a long one, one without a name', async () => {
  const windows = [
    windowOf('m'),
    windowOf('n'),
    windowOf('long', { afterMs: END_MS - 3_600_000 }),
    windowOf('{a="x"}'),
    windowOf('{__name__=~"n"}'),
  ];
  const ahead = await readAhead(store, windows, new Map());
  for (const window of [windowOf('m{a="x"}'), windowOf('m', { untilMs: END_MS + 1 }), ...windows.slice(2)])
    expect(ahead(window)).toBeUndefined();
});

test('one that looks further back makes nobody else read so far', async () => {
  const past = windowOf('m', { afterMs: START_MS - 3_600_000, untilMs: START_MS - 3_300_000 });
  const ahead = await readAhead(store, [past, windowOf('m'), windowOf('n')], new Map());
  expect(ahead(past)).toBeUndefined();
  expect(ahead(windowOf('m', { afterMs: past.afterMs }))).toBeUndefined();
  expect(ahead(windowOf('m'))).toHaveLength(3);
});

test('of a store that does not answer in time nothing is known, and nobody fails', async () => {
  const late = { ...store, queryNative: () => Promise.reject(new DOMException('too late', 'TimeoutError')) };
  const ahead = await readAhead(late, [windowOf('m')], new Map());
  expect(ahead(windowOf('m'))).toBeUndefined();
});

test('texts that are too long for one statement go with several', async () => {
  const windows = Array.from({ length: 12 }, (_, n) => windowOf(`m{a!="${n}${'long '.repeat(150)}"}`));
  const ahead = await readAhead(store, windows, new Map());
  expect(asked.filter((name) => name === 'promql-samples').length).toBeGreaterThan(1);
  for (const window of windows) expect(ahead(window)).toHaveLength(3);
});

test('limits hold for each selector', async () => {
  const windows = [windowOf('m', { seriesMax: 3 }), windowOf('n', { seriesMax: 3 })];
  // Four series together are too many for one answer; each selector then asks by itself.
  const source = await createSourceAhead(store, windows);
  expect(await source.read(windows[0]!)).toHaveLength(3);
  await expect(source.read({ ...windows[0]!, seriesMax: 2 })).rejects.toThrow('matches more than 2 series');
  const ahead = await readAhead(store, [windowOf('m'), windowOf('n')], new Map());
  expect(() => ahead(windowOf('m', { seriesMax: 2 }))).toThrow('matches more than 2 series');
  expect(() => ahead(windowOf('m', { samplesMax: 5 }))).toThrow('too many samples');
});
