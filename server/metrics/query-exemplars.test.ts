import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { insertExemplars } from '#server/promql/testing/insert-exemplars.ts';
import { insertSeries } from '#server/promql/testing/insert-series.ts';
import { loadSeries } from '#server/promql/testing/memory-source.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { queryExemplars } from './query-exemplars.ts';

const BASE_MS = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
const range = { fromMs: BASE_MS, toMs: BASE_MS + 50_000 };
let engine: TestEngine;
let store: Store;

const at = (ms: number, value: number, labels: [string, string][]) => ({ timestampMs: BASE_MS + ms, value, labels });

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'exemplars', log: createLog('test', 'silent') });
  await applySchema(store);
  const series = loadSeries('d_bucket{le="1"} 0+1x4\nd_bucket{le="+Inf"} 0+1x4', 15_000);
  const moved = series.map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + BASE_MS) }));
  await insertSeries(store, moved, 'exemplars-test', 'histogram');
  // A stretch of this range is a second: five in the first, of which the three slowest are shown.
  await insertExemplars(
    store,
    'd_bucket',
    [['le', '1']],
    [
      ...[0.1, 0.5, 0.3, 0.4, 0.2].map((value, place) => at(100 * place, value, [['trace_id', `t${value}`]])),
      at(5_000, 0.7, [['user', 'nobody']]),
    ],
  );
  await insertExemplars(store, 'd_bucket', [['le', '+Inf']], [at(9_000, 4, [['traceID', 'slow']])]);
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

it('shows the slowest of each stretch that lead to a trace, newest first', async () => {
  const expr = 'histogram_quantile(0.9, sum by (le) (rate(d_bucket[1m])))';
  const { isOnScale, exemplars } = await queryExemplars({ store }, { expr, range });
  expect(isOnScale).toBe(true);
  expect(exemplars.map(({ traceId }) => traceId)).toEqual(['slow', 't0.4', 't0.3', 't0.5']);
  expect(exemplars[0]).toEqual({
    tMs: BASE_MS + 9_000,
    value: 4,
    traceId: 'slow',
    labels: { __name__: 'd_bucket', le: '+Inf' },
  });
});

it.each([
  ['rate(d_bucket[1m])', false],
  ['max(histogram_quantile(0.9, d_bucket))', true],
  ['histogram_quantile(0.9, d_bucket) * 1000', false],
])('says whether values belong on the scale of %s', async (expr, expected) => {
  expect((await queryExemplars({ store }, { expr, range })).isOnScale).toBe(expected);
});

it('leaves it to the graph to say what is wrong', async () => {
  expect(await queryExemplars({ store }, { expr: 'rate(', range })).toEqual({ isOnScale: false, exemplars: [] });
});
