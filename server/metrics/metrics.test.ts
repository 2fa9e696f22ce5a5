import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { insertSeries } from '#server/promql/testing/insert-series.ts';
import { loadSeries } from '#server/promql/testing/memory-source.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { listMetrics } from './list-metrics.ts';
import { queryInstant } from './query-instant.ts';
import { queryRange } from './query-range.ts';
import { SERIES_DRAWN_MAX } from './schema.ts';

const STEP_MS = 15_000;
const MANY = SERIES_DRAWN_MAX + 3;
const BASE_MS = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
let engine: TestEngine;
let store: Store;
const range = { fromMs: BASE_MS - 7, toMs: BASE_MS + 4 * STEP_MS + 7 };

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'metrics', log: createLog('test', 'silent') });
  await applySchema(store);
  const many = Array.from({ length: MANY }, (_, place) => `many{n="${String(place).padStart(3, '0')}"} 1`);
  const series = loadSeries(
    ['requests_total{job="a"} 0+15x4', 'level{job="a"} 1 -2 NaN 4', ...many].join('\n'),
    STEP_MS,
  );
  const moved = series.map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + BASE_MS) }));
  await insertSeries(store, moved, 'metrics-test');
}, 60_000);

afterAll(async () => {
  await store.close();
  await engine.stop();
});

it('draws lines at whole steps, with gaps where there is no number', async () => {
  const answer = await queryRange({ store }, { expr: 'level', range, stepMs: STEP_MS });
  expect(answer).toMatchObject({
    ok: true,
    data: {
      startMs: BASE_MS,
      stepMs: STEP_MS,
      seriesTotal: 1,
      series: [{ labels: { __name__: 'level', job: 'a' }, values: [1, -2, null, 4, 4] }],
    },
  });
});

it('evaluates what it is asked', async () => {
  const answer = await queryInstant(
    { store },
    { expr: 'round(sum(rate(requests_total[1m])) * 60)', timeMs: BASE_MS + 60_000 },
  );
  expect(answer).toMatchObject({ ok: true, data: { resultType: 'vector', rows: [{ labels: {}, value: '60' }] } });
});

it('draws no more series than can be told apart, and says how many there are', async () => {
  const answer = await queryRange({ store }, { expr: 'many', range, stepMs: STEP_MS });
  expect(answer.ok && answer.data.series.length).toBe(SERIES_DRAWN_MAX);
  expect(answer.ok && answer.data.seriesTotal).toBe(MANY);
});

it('shows ranges, scalars and strings in a table', async () => {
  const timeMs = BASE_MS + 2 * STEP_MS;
  const rowsOf = async (expr: string) => {
    const answer = await queryInstant({ store }, { expr, timeMs });
    return answer.ok && answer.data.rows.map(({ value }) => value);
  };
  const at = (place: number) => (BASE_MS + place * STEP_MS) / 1000;
  expect(await rowsOf('level[31s]')).toEqual([`1 @${at(0)}\n-2 @${at(1)}\nNaN @${at(2)}`]);
  expect(await rowsOf('1 / 0')).toEqual(['+Inf']);
  expect(await rowsOf('"text"')).toEqual(['text']);
});

it('answers a wrong query with what is wrong, and where', async () => {
  const answer = await queryRange({ store }, { expr: 'rate(up)', range, stepMs: STEP_MS });
  expect(answer).toMatchObject({ ok: false, failure: { kind: 'bad_data', position: { start: 5, end: 7 } } });
  expect(!answer.ok && answer.failure.message).toMatch(/^1:6: parse error: expected type range vector/);
  const wrongType = await queryRange({ store }, { expr: 'up[5m]', range, stepMs: STEP_MS });
  expect(!wrongType.ok && wrongType.failure).toMatchObject({
    position: null,
    message: expect.stringContaining('invalid expression type'),
  });
});

it('lists every metric with its type and help', async () => {
  const metrics = await listMetrics({ store, now: () => new Date() });
  expect(metrics.map(({ name }) => name)).toEqual(['level', 'many', 'requests_total']);
  expect(metrics[0]).toEqual({ name: 'level', type: 'gauge', help: 'Help of level.' });
});
