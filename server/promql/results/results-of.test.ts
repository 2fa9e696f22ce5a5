import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '#server/store/client.ts';
import { queryRange } from '../query.ts';
import { createStoreSource } from '../read/store-source.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const MINUTE = 60_000;
const START_MS = Math.floor(Date.now() / MINUTE) * MINUTE - 60 * MINUTE;
const BOUNDS = { bytesMax: 1e7, resultBytesMax: 1e7, windowMsMin: 0, insertMsMax: 0 };

let api: TestApi;
/** The names of what the store was asked. */
let asked: string[] = [];
let store: Store;
beforeAll(async () => {
  api = await startTestApi();
  store = {
    ...api.store,
    query: (query) => (asked.push(query.name), api.store.query(query)),
    queryNative: (query) => (asked.push(query.name), api.store.queryNative(query)),
  };
});
afterAll(() => api?.stop());

/** Asks for a graph until this minute; answers its values and the statements that read samples or asked what arrived. */
async function draw(source: ReturnType<typeof createStoreSource>, query: string, untilMinute: number) {
  asked = [];
  const { data } = await queryRange({
    source,
    query,
    startMs: START_MS + (untilMinute - 40) * MINUTE,
    endMs: START_MS + untilMinute * MINUTE,
    stepMs: MINUTE,
  });
  const values = data.resultType === 'matrix' ? data.result.map((row) => [...row.values]) : [];
  return { values, asked: asked.filter((name) => name === 'promql-samples' || name === 'promql-arrivals') };
}

async function insert(text: string, fromMinute: number, token: string) {
  const series = loadSeries(text, MINUTE);
  const moved = series.map((one) => ({
    ...one,
    timestamps: one.timestamps.map((ms) => ms + START_MS + fromMinute * MINUTE),
  }));
  await insertSeries(store, moved, token);
}

test('a graph that is drawn again is one statement a selector, and nobody asks besides what arrived', async () => {
  const source = createStoreSource(store, BOUNDS);
  await insert('drawn{a="x"} 1+1x58\ndrawn{a="y"} 100+1x58', 0, 'drawn');
  expect((await draw(source, 'sum(drawn)', 55)).asked).toEqual(['promql-samples']);
  const { values, asked: again } = await draw(source, 'sum(drawn)', 58);
  expect(again).toEqual(['promql-samples']);
  expect(values).toEqual([Array.from({ length: 41 }, (_, step) => 101 + 2 * (18 + step))]);
  expect((await draw(source, 'sum(drawn) / sum(drawn offset 5m)', 58)).asked).toHaveLength(2);
});

test('what is known to its last step asks what arrived, and reads no samples', async () => {
  const source = createStoreSource(store, BOUNDS);
  await insert('old 1+1x58', 0, 'old');
  await draw(source, 'old', 45);
  expect((await draw(source, 'old', 45)).asked).toEqual(['promql-arrivals']);
});

test('a sample that comes late is in the next graph', async () => {
  const source = createStoreSource(store, BOUNDS);
  await insert('late{a="x"} 1+0x58', 0, 'late');
  await draw(source, 'sum(late)', 57);
  await insert('late{a="y"} 5', 20, 'late-y');
  const { values } = await draw(source, 'sum(late)', 58);
  expect(values[0]!.slice(0, 8)).toEqual([1, 1, 6, 6, 6, 6, 6, 1]);
});
