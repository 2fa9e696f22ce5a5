import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import type { Matcher } from '../ast.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { Labels } from '../labels/labels.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { SampleCache } from './sample-cache.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SCRAPE = 15_000;
/** So that all but the newest samples have settled. */
const NOW = Math.floor(Date.now() / MINUTE) * MINUTE;
const KEEP_ALL = { bytesMax: 64 * 1024 ** 2, windowMsMin: 0, insertMsMax: 0 };

let engine: TestEngine;
let store: Store;
/** What the store was asked for: the begin of each window. */
let asked: number[];
let metric = '';
let metrics = 0;
let token = 0;

beforeAll(async () => {
  engine = await startTestEngine();
  const opened = createStore({ url: engine.url, database: 'cache', log: createLog('test', 'silent') });
  await applySchema(opened);
  store = {
    ...opened,
    queryNative: (query) => {
      asked.push(Number(query.params!['after']));
      return opened.queryNative(query);
    },
  };
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});
beforeEach(() => {
  asked = [];
  metric = `cached_${metrics++}`;
});

function series(labels: Record<string, string>, fromMs: number, untilMs: number, stepMs = SCRAPE): RawSeries {
  const count = Math.floor((untilMs - fromMs) / stepMs);
  const timestamps = Float64Array.from({ length: count }, (_, place) => fromMs + place * stepMs);
  return {
    labels: Labels.from(Object.entries({ __name__: metric, ...labels })),
    timestamps,
    values: timestamps.map((ms) => (ms - NOW) / 1000),
    stale: undefined,
  };
}

/** Waits for the next millisecond: what is asked in the one of the insert must be asked again. */
async function insert(...all: RawSeries[]) {
  await insertSeries(store, all, `cache-${token++}`);
  await sleep(2);
}

function read(
  cache: SampleCache,
  afterMs: number,
  untilMs: number,
  samplesMax = 1e6,
  matchers: Matcher[] = [],
  signal = new AbortController().signal,
) {
  return cache.read({
    matchers: [{ name: '__name__', op: '=', value: metric }, ...matchers],
    afterMs,
    untilMs,
    samplesMax,
    seriesMax: 100,
    timeoutMs: 30_000,
    signal,
  });
}

function of(a: string): Matcher[] {
  return [{ name: 'a', op: '=', value: a }];
}

/** The same window, from a cache that has nothing and from the one that is tested. */
async function expectSame(cache: SampleCache, afterMs: number, untilMs: number): Promise<RawSeries[]> {
  const found = await read(cache, afterMs, untilMs);
  expect(found).toEqual(await read(new SampleCache(store, KEEP_ALL), afterMs, untilMs));
  return found;
}

test('a window that moves on reads only what is new', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  await insert(series({ a: '1' }, NOW - 3 * HOUR, NOW), series({ a: '2' }, NOW - 3 * HOUR, NOW));
  await read(cache, NOW - 2 * HOUR, NOW - 30 * MINUTE);
  expect(asked).toEqual([NOW - 2 * HOUR]);
  const [first] = await expectSame(cache, NOW - 2 * HOUR + MINUTE, NOW - 20 * MINUTE);
  expect(first!.values).toHaveLength((99 * MINUTE) / SCRAPE);
  expect(asked[1]).toBe(NOW - 30 * MINUTE);
  // Within what it has.
  await expectSame(cache, NOW - HOUR, NOW - 40 * MINUTE);
  expect(asked[3]).toBe(NOW - 20 * MINUTE);
});

test('what was handed out stays as it was', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  await insert(series({}, NOW - 2 * HOUR, NOW - HOUR));
  const [before] = await read(cache, NOW - 2 * HOUR, NOW);
  const copy = structuredClone([before!.timestamps, before!.values]);
  await insert(series({}, NOW - 90 * MINUTE + 1, NOW - 80 * MINUTE));
  await insert(series({}, NOW - HOUR, NOW - 30 * MINUTE));
  expect(await expectSame(cache, NOW - 2 * HOUR, NOW)).not.toEqual([before]);
  expect([before!.timestamps, before!.values]).toEqual(copy);
});

test('samples that come late are found, of known series and of others', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  await insert(series({ a: '1' }, NOW - 3 * HOUR, NOW));
  await read(cache, NOW - 3 * HOUR, NOW);
  await insert(series({ a: '1' }, NOW - 2 * HOUR + 5, NOW - HOUR));
  const [doubled] = await expectSame(cache, NOW - 3 * HOUR, NOW);
  expect(doubled!.values).toHaveLength((4 * HOUR) / SCRAPE - 2);
  await insert(series({ a: '2' }, NOW - 2 * HOUR, NOW - HOUR));
  expect(await expectSame(cache, NOW - 3 * HOUR, NOW)).toHaveLength(2);
});

test('a series that began and one that ended', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  const ending = series({ a: 'ends' }, NOW - 2 * HOUR, NOW - 30 * MINUTE);
  ending.stale = new Uint8Array(ending.values.length);
  ending.stale[ending.values.length - 1] = 1;
  await insert(ending);
  const [found] = await expectSame(cache, NOW - 2 * HOUR, NOW - 20 * MINUTE);
  expect(found!.stale!.at(-1)).toBe(1);
  await insert(series({ a: 'begins' }, NOW - 25 * MINUTE, NOW));
  const both = await expectSame(cache, NOW - 110 * MINUTE, NOW);
  expect(both.map(({ labels }) => labels.get('a'))).toEqual(['begins', 'ends']);
  expect(both[1]!.stale!.at(-1)).toBe(1);
  expect(await expectSame(cache, NOW - 20 * MINUTE, NOW)).toHaveLength(1);
});

test('times that targets share are held once, until they differ', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  const all = ['1', '2', '3', '4'].map((a) => series({ a }, NOW - 2 * HOUR, NOW - HOUR));
  await insert(...all);
  const found = await read(cache, NOW - 2 * HOUR, NOW - HOUR);
  expect(new Set(found.map(({ timestamps }) => timestamps.buffer)).size).toBe(1);
  await insert(series({ a: '1' }, NOW - HOUR, NOW), series({ a: '2' }, NOW - HOUR + 1, NOW));
  await insert(series({ a: '3' }, NOW - HOUR, NOW));
  await expectSame(cache, NOW - 2 * HOUR, NOW);
  await expectSame(cache, NOW - 2 * HOUR, NOW);
});

test('a begin before what is there is read anew', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  await insert(series({}, NOW - 3 * HOUR, NOW));
  await read(cache, NOW - HOUR, NOW);
  await expectSame(cache, NOW - 3 * HOUR, NOW);
  expect(asked[1]).toBe(NOW - 3 * HOUR);
  const { bytes } = cache;
  await expectSame(cache, NOW - HOUR, NOW);
  expect(asked[3]).toBeGreaterThan(NOW - HOUR);
  expect(cache.bytes).toBe(bytes);
});

test('a window and the one an hour before it are one', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  await insert(series({}, NOW - 3 * HOUR, NOW));
  for (let round = 0; round < 3; round++) {
    asked = [];
    await read(cache, NOW - 65 * MINUTE, NOW);
    await read(cache, NOW - 125 * MINUTE, NOW - HOUR);
  }
  expect(Math.min(...asked)).toBeGreaterThan(NOW - HOUR);
  await expectSame(cache, NOW - 125 * MINUTE, NOW);
});

test('memory is bounded: what was not asked for goes first', async () => {
  await insert(...['1', '2', '3'].map((a) => series({ a }, NOW - 2 * HOUR, NOW)));
  const measured = new SampleCache(store, KEEP_ALL);
  await read(measured, NOW - 2 * HOUR, NOW, 1e6, of('1'));
  const bytesMax = Math.ceil(measured.bytes * 2.5);
  const cache = new SampleCache(store, { ...KEEP_ALL, bytesMax });
  for (const a of ['1', '2', '1', '3']) {
    await read(cache, NOW - 2 * HOUR, NOW, 1e6, of(a));
    expect(cache.bytes).toBeLessThanOrEqual(bytesMax);
  }
  asked = [];
  for (const a of ['1', '2']) await read(cache, NOW - 2 * HOUR, NOW, 1e6, of(a));
  expect(asked[0]).toBeGreaterThan(NOW - 2 * HOUR);
  expect(asked[1]).toBe(NOW - 2 * HOUR);
});

test('limits hold for what is in memory too', async () => {
  const cache = new SampleCache(store, KEEP_ALL);
  await insert(series({}, NOW - 2 * HOUR, NOW));
  await read(cache, NOW - 2 * HOUR, NOW);
  await expect(read(cache, NOW - 2 * HOUR, NOW, 100)).rejects.toThrow('too many samples');
});

test('who gives up does not wait for the one before', async () => {
  const held = Promise.withResolvers<void>();
  const slow = {
    ...store,
    queryNative: (query: Parameters<Store['queryNative']>[0]) => held.promise.then(() => store.queryNative(query)),
  };
  const cache = new SampleCache(slow, KEEP_ALL);
  await insert(series({}, NOW - HOUR, NOW));
  const first = read(cache, NOW - HOUR, NOW);
  const leaving = new AbortController();
  const second = read(cache, NOW - HOUR, NOW, 1e6, [], leaving.signal);
  leaving.abort(new Error('left'));
  await expect(second).rejects.toThrow('left');
  held.resolve();
  expect(await first).toHaveLength(1);
  expect(await read(cache, NOW - HOUR, NOW)).toHaveLength(1);
});
