// What a stock Prometheus data source of Grafana asks, request by request: docs/recipes/grafana.md.
import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const START_S = START_MS / 1000;
const END_S = START_S + 600;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: () => new Date(END_S * 1000) });
  const series = loadSeries(
    `http_requests_total{job="api",instance="a:1"} 0+60x10
     http_requests_total{job="api",instance="b:1"} 0+30x10
     up{job="api",instance="a:1"} 1x10`,
    60_000,
  );
  const moved = series.map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + START_MS) }));
  await insertSeries(api.store, moved, 'grafana', 'counter');
});
afterAll(() => api?.stop());

/** As Go's client does: compressed, parameters of POST as a form. */
async function ask(method: 'GET' | 'POST', path: string, params: [string, string | number][]) {
  const form = new URLSearchParams(params.map(([name, value]) => [name, String(value)])).toString();
  const { statusCode, headers, body } = await request(
    `${api.url}/api/v1/${path}${method === 'GET' && form ? `?${form}` : ''}`,
    {
      method,
      headers: {
        'user-agent': 'Grafana/12.0.0',
        'accept-encoding': 'gzip',
        'x-dashboard-uid': 'abc',
        'x-panel-id': '2',
        ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(method === 'POST' ? { body: form } : {}),
    },
  );
  const bytes = Buffer.from(await body.arrayBuffer());
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes).toString() : bytes.toString();
  expect([statusCode, headers['content-type']]).toEqual([200, 'application/json']);
  const answer = JSON.parse(text) as { status: string; data: any };
  expect(answer.status).toBe('success');
  return answer.data;
}

const RANGE: [string, number][] = [
  ['start', START_S],
  ['end', END_S],
];

test('Save & test: one and one, then what this is', async () => {
  const { resultType, result } = await ask('POST', 'query', [
    ['query', '1+1'],
    ['time', '4'],
  ]);
  expect([resultType, result]).toEqual(['scalar', [4, '2']]);
  const { version } = await ask('GET', 'status/buildinfo', []);
  expect(version).toMatch(/^3\.\d+\.\d+/);
});

test('a panel: query_range, and query for tables and stats', async () => {
  const range = await ask('POST', 'query_range', [
    ['query', 'sum by (job) (rate(http_requests_total[1m15s]))'],
    ['start', (START_S + 540).toFixed(3)],
    ['end', END_S.toFixed(3)],
    ['step', '15'],
  ]);
  expect(range.resultType).toBe('matrix');
  expect(range.result[0].metric).toEqual({ job: 'api' });
  expect(range.result[0].values.at(-1)).toEqual([END_S, '1.5']);
  const instant = await ask('POST', 'query', [
    ['query', 'count(up)'],
    ['time', END_S + 0.123],
  ]);
  expect(instant.result).toEqual([{ metric: {}, value: [END_S + 0.123, '1'] }]);
});

test('the metrics of the query builder and its variables', async () => {
  const names = ['http_requests_total', 'up'];
  expect(await ask('GET', 'label/__name__/values', RANGE)).toEqual(names);
  const limited: [string, string | number][] = [...RANGE, ['limit', 40_000]];
  expect(await ask('GET', 'label/__name__/values', [...limited, ['match[]', '{__name__=~".*up.*"}']])).toEqual(['up']);
  const metadata = await ask('GET', 'metadata', [['limit', 40_000]]);
  expect(Object.keys(metadata)).toEqual(names);
  expect(metadata['up']).toEqual([{ type: 'counter', help: 'Help of up.', unit: '' }]);
});

test.each(['GET', 'POST'] as const)('its labels and their values, by %s', async (method) => {
  const match: [string, string] = ['match[]', 'http_requests_total{job="api"}'];
  expect(await ask(method, 'labels', [...RANGE, match])).toEqual(['__name__', 'instance', 'job']);
  expect(await ask(method, 'series', [...RANGE, match])).toHaveLength(2);
  expect(await ask('GET', 'label/instance/values', [...RANGE, match])).toEqual(['a:1', 'b:1']);
});

test('exemplars of a panel', async () => {
  const query: [string, string] = ['query', 'rate(http_requests_total[5m])'];
  expect(await ask('POST', 'query_exemplars', [query, ...RANGE])).toEqual([]);
});

test('a name that is no word is asked for in escaped form', async () => {
  expect(await ask('GET', 'label/U__job/values', RANGE)).toEqual(['api']);
});
