import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { queryInstant, queryRange } from '../query.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries, memorySource } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { createStoreSource } from './store-source.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;

/** Whole and broken counts, both signs, gaps, bounds, what may be NaN, mixes with floats, an end. */
const SERIES = loadSeries(
  `h{i="whole"} {{schema:3 count:14 sum:-2.5 z_bucket:1 z_bucket_w:0.001 offset:-7 buckets:[1 0 0 0 0 2 3] n_offset:4 n_buckets:[5 0 2] counter_reset_hint:gauge}} {{schema:3 count:1 sum:1 buckets:[1]}}
   h{i="broken"} {{schema:-2 count:1.5 sum:NaN z_bucket:0.25 buckets:[0.5 -0.75]}}x3
   h{i="custom"} {{schema:-53 count:3 sum:Inf custom_values:[0.1 2.5] buckets:[0 1 2]}}
   h{i="mixed"} 1 {{count:2 sum:1 buckets:[2]}} 3 _ stale
   h{i="ended"} {{count:2 sum:1 buckets:[2] counter_reset_hint:reset}} stale
   h{i="empty"} {{}}
   other 1 2 3`,
  60_000,
).map((one) => ({
  ...one,
  timestamps: one.timestamps.map((ms) => ms + START_MS),
  histograms: one.histograms && { ...one.histograms, timestamps: one.histograms.timestamps.map((ms) => ms + START_MS) },
}));

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await insertSeries(api.store, SERIES, 'first');
  // The same segment again, as after a crash that lost what was remembered of it, and as one whose token is known.
  await insertSeries(api.store, SERIES, 'again');
  await insertSeries(api.store, SERIES, 'again');
});
afterAll(() => api?.stop());

test.each([
  'h',
  'h[10m]',
  '{__name__=~"h|other"}',
  'other',
  'h{i="mixed"}',
  'rate(h[10m])',
  'sum by (i) (h{i!="mixed"})',
])('%s reads the same from the store as from memory', async (query) => {
  for (const minute of [0, 1, 3, 4, 6]) {
    const timeMs = START_MS + minute * 60_000;
    const [stored, known] = await Promise.all(
      [createStoreSource(api.store), memorySource(SERIES)].map((source) => queryInstant({ source, query, timeMs })),
    );
    expect(lines(stored!.data), `minute ${minute}`).toEqual(lines(known!.data));
  }
});

test('a range is read once, and joined to floats in the order of labels', async () => {
  const options = { query: '{i!=""}', startMs: START_MS, endMs: START_MS + 300_000, stepMs: 60_000 };
  const [stored, known] = await Promise.all(
    [createStoreSource(api.store), memorySource(SERIES)].map((source) => queryRange({ ...options, source })),
  );
  expect(JSON.stringify(stored!.data)).toBe(JSON.stringify(known!.data));
});

test('a token that is known keeps the rows out', async () => {
  const [counted] = await api.store.query({
    name: 'rows',
    sql: 'SELECT toUInt32(count()) AS rows FROM histograms',
    row: z.object({ rows: z.number() }),
  });
  const all = SERIES.reduce((sum, { histograms }) => sum + (histograms?.values.length ?? 0), 0);
  expect(counted!.rows).toBe(2 * all);
});

test('too many buckets are too many samples', async () => {
  const source = createStoreSource(api.store);
  const asked = queryInstant({ source, query: 'h', timeMs: START_MS, limits: { samplesMax: 30 } });
  await expect(asked).rejects.toThrow('too many samples');
});

test('the API answers in the form of Prometheus', async () => {
  const at = START_MS / 1000;
  expect(await ask(`query?query=h{i="whole"}&time=${at}`)).toEqual([
    {
      metric: { __name__: 'h', i: 'whole' },
      histogram: [
        at,
        {
          count: '14',
          sum: '-2.5',
          buckets: [
            [1, '-1.681792830507429', '-1.5422108254079407', '2'],
            [1, '-1.4142135623730951', '-1.2968395546510096', '5'],
            [3, '-0.001', '0.001', '1'],
            [0, '0.5', '0.5452538663326288', '1'],
            [0, '0.7711054127039704', '0.8408964152537145', '2'],
            [0, '0.8408964152537145', '0.9170040432046712', '3'],
          ],
        },
      ],
    },
  ]);
  expect(await ask(`query_range?query=h{i="mixed"}&start=${at}&end=${at + 120}&step=60`)).toEqual([
    {
      metric: { __name__: 'h', i: 'mixed' },
      values: [
        [at, '1'],
        [at + 120, '3'],
      ],
      histograms: [[at + 60, { count: '2', sum: '1', buckets: [[0, '0.5', '1', '2']] }]],
    },
  ]);
  expect(await ask(`query_range?query=h{i="empty"}&start=${at}&end=${at}&step=60`)).toEqual([
    { metric: { __name__: 'h', i: 'empty' }, histograms: [[at, { count: '0', sum: '0' }]] },
  ]);
});

test('a metric is found to have histograms soon after its first one', async () => {
  const source = createStoreSource(api.store);
  const query = 'late';
  expect((await queryInstant({ source, query, timeMs: START_MS })).data).toMatchObject({ result: [] });
  const [late] = loadSeries('late {{count:1 sum:1 buckets:[1]}}', 60_000);
  const { histograms } = late!;
  const one = { ...late!, histograms: { ...histograms!, timestamps: Float64Array.of(START_MS) } };
  await insertSeries(api.store, [one], 'late');
  const found = async () => (await queryInstant({ source, query, timeMs: START_MS })).data;
  await expect.poll(async () => lines(await found()), { timeout: 10_000 }).toHaveLength(1);
});

test('what was remembered of a range is made anew when a late histogram comes in', async () => {
  const bounds = { bytesMax: 1e7, resultBytesMax: 1e7, windowMsMin: 0, insertMsMax: 0 };
  const source = createStoreSource(api.store, bounds);
  const range = { startMs: START_MS, endMs: START_MS + 300_000, stepMs: 60_000 };
  const count = async () => {
    const { data } = await queryRange({ source, query: 'histogram_count(tardy)', ...range });
    return data.resultType === 'matrix' ? data.result.map(({ values }) => [...values]) : [];
  };
  const [tardy] = loadSeries('tardy {{count:1 sum:1 buckets:[1]}} {{count:5 sum:1 buckets:[5]}}', 60_000);
  const insert = (place: number) =>
    insertSeries(
      api.store,
      [
        {
          ...tardy!,
          histograms: {
            timestamps: Float64Array.of(START_MS + place * 60_000),
            values: [tardy!.histograms!.values[place]!],
          },
        },
      ],
      `tardy-${place}`,
    );
  await insert(0);
  await expect.poll(count, { timeout: 10_000 }).toEqual([[1, 1, 1, 1, 1]]);
  await insert(1);
  expect(await count()).toEqual([[1, 5, 5, 5, 5, 5]]);
});

async function ask(path: string): Promise<unknown> {
  const response = await fetch(`${api.url}/api/v1/${path}`);
  const { data } = (await response.json()) as { data: { result: unknown } };
  return data.result;
}

function lines(data: unknown): string[] {
  const { result } = data as { result: object[] };
  return result
    .map((row) => JSON.stringify(row, (_, value: unknown) => (Object.is(value, -0) ? '-0' : value)))
    .toSorted();
}
