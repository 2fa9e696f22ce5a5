import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertExemplars } from '../testing/insert-exemplars.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const START_MS = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
const START_S = START_MS / 1000;
let api: TestApi;

const exemplar = (atMs: number, value: number, trace: string) => ({
  timestampMs: START_MS + atMs,
  value,
  labels: [['trace_id', trace]] as const,
});

beforeAll(async () => {
  api = await startTestApi();
  const series = loadSeries(
    `latency_bucket{job="a",le="1"} 0+1x5
     latency_bucket{job="a",le="+Inf"} 0+2x5
     latency_bucket{job="b",le="1"} 0+1x5
     hits_total{job="a"} 0+1x5`,
    60_000,
  ).map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + START_MS) }));
  await insertSeries(api.store, series, 'exemplars');
  const [a, b] = [
    ['job', 'a'],
    ['job', 'b'],
  ] as [string, string][];
  // Written twice, as after a replay whose token is forgotten.
  const first = [exemplar(0, 0.25, 'a0'), exemplar(60_250, 0.5, 'a1'), exemplar(0, 0.25, 'a0')];
  await insertExemplars(api.store, 'latency_bucket', [a!, ['le', '1']], first);
  await insertExemplars(api.store, 'latency_bucket', [a!, ['le', '+Inf']], [exemplar(30_000, 1e21, 'ai')]);
  await insertExemplars(api.store, 'latency_bucket', [b!, ['le', '1']], [exemplar(1, 0.75, 'b0')]);
  await insertExemplars(api.store, 'hits_total', [a!], [exemplar(2, 1, 'h0')]);
});
afterAll(() => api?.stop());

async function ask(params: Record<string, string | number>, method = 'GET') {
  const form = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)]));
  const url = `${api.url}/api/v1/query_exemplars`;
  const response = await (method === 'GET' ? fetch(`${url}?${form}`) : fetch(url, { method, body: form }));
  return { status: response.status, text: await response.text() };
}

const traces = (text: string) => [...text.matchAll(/"trace_id":"(\w+)"/g)].map(([, id]) => id);

describe('query_exemplars', () => {
  test.each(['GET', 'POST'])('answers %s in the JSON of Prometheus, to the byte', async (method) => {
    const params = { query: 'latency_bucket{job="a",le="1"}', start: START_S, end: START_S + 120 };
    const { status, text } = await ask(params, method);
    expect(status).toBe(200);
    expect(text).toBe(
      '{"status":"success","data":[{"seriesLabels":{"__name__":"latency_bucket","job":"a","le":"1"},"exemplars":[' +
        `{"labels":{"trace_id":"a0"},"value":"0.25","timestamp":${START_S}},` +
        `{"labels":{"trace_id":"a1"},"value":"0.5","timestamp":${START_S + 60.25}}]}]}`,
    );
  });

  test('finds those of every selector of an expression', async () => {
    const query =
      'histogram_quantile(0.9, sum by (le) (rate(latency_bucket{job="a"}[5m]))) > on () (hits_total offset 1h)';
    const { text } = await ask({ query, start: START_S, end: START_S + 120 });
    expect(traces(text)).toEqual(['h0', 'ai', 'a0', 'a1']);
    expect(text).toContain('"value":"1e+21"');
  });

  test('keeps to the time that is asked for, its ends included', async () => {
    const query = 'latency_bucket';
    expect(traces((await ask({ query, start: START_S + 0.001, end: START_S + 30 })).text)).toEqual(['ai', 'b0']);
    expect(traces((await ask({ query })).text)).toHaveLength(4);
    expect((await ask({ query, start: START_S + 300 })).text).toBe('{"status":"success","data":[]}');
  });

  test.each([
    ['no text', {}, 'invalid parameter \\"query\\": '],
    ['a wrong text', { query: 'rate(up' }, 'invalid parameter \\"query\\": 1:'],
    [
      'times the wrong way round',
      { query: 'up', start: 2, end: 1 },
      'end timestamp must not be before start timestamp',
    ],
  ])('refuses %s', async (_, params: Record<string, string | number>, message) => {
    const { status, text } = await ask(params);
    expect(status).toBe(400);
    expect(text).toContain(message);
  });

  test('has nothing to say of an expression without series', async () => {
    expect((await ask({ query: '1 + 1' })).text).toBe('{"status":"success","data":[]}');
  });
});
