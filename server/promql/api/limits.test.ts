import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '#server/log.ts';
import type { Store } from '#server/store/client.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { listen, startTestApi, type TestApi } from '../testing/test-api.ts';
import { createPrometheusApi, type PrometheusApiOptions } from './create-prometheus-api.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const NOW_S = START_MS / 1000 + 600;

let api: TestApi;
const servers: Server[] = [];
beforeAll(async () => {
  api = await startTestApi();
  const series = loadSeries(['a', 'b', 'c', 'd'].map((job) => `up{job="${job}"} 1x10`).join('\n'), 60_000);
  const moved = series.map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + START_MS) }));
  await insertSeries(api.store, moved, 'limits');
});
afterAll(async () => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  await api?.stop();
});

/** The API with other limits or another store, on a port of its own. */
async function serve(options: Partial<PrometheusApiOptions>): Promise<string> {
  const handle = createPrometheusApi({
    store: api.store,
    now: () => new Date(),
    log: createLog('test', 'silent'),
    ...options,
  });
  const server = createServer((request, response) => void handle(request, response));
  await listen(server);
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}

const neverAnswer: Store['queryNative'] = ({ signal }) =>
  new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error)));

test.each([
  [
    'samples',
    { samplesMax: 20 },
    'query processing would load too many samples into memory in query execution',
    [422, 'execution'],
  ],
  [
    'series',
    { seriesMax: 3 },
    'a selector of this query matches more than 3 series: name more labels in it',
    [422, 'execution'],
  ],
  ['time', { timeoutMs: 1 }, 'query timed out in query execution', [503, 'timeout']],
])('too much of %s is refused', async (_what, limits, error, [status, errorType]) => {
  const url = await serve({ limits });
  const query = new URLSearchParams({ query: 'sum_over_time(up[10m])', time: String(NOW_S) });
  const response = await fetch(`${url}/query?${query.toString()}`);
  expect([response.status, await response.json()]).toEqual([status, { status: 'error', errorType, error }]);
});

test('who says how long he waits is not kept waiting', async () => {
  const url = await serve({ store: { ...api.store, queryNative: neverAnswer } });
  const response = await fetch(`${url}/query?query=up&timeout=50ms`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ errorType: 'timeout', error: 'query timed out in query execution' });
});

// That the store then ends its query is tested where it is done: server/store/client.test.ts, server/engine/serve.test.ts.
test.each(['query?query=up', 'query_range?query=rate(up[5m])&start=0&end=60&step=15'])(
  'who leaves ends what the store does for %s',
  async (path) => {
    const asked = Promise.withResolvers<AbortSignal>();
    const waiting: Store['queryNative'] = ({ signal }) => {
      asked.resolve(signal!);
      return neverAnswer({ name: '', sql: '', signal });
    };
    const url = await serve({ store: { ...api.store, queryNative: waiting } });
    const leaving = new AbortController();
    const answer = fetch(`${url}/${path}`, { signal: leaving.signal }).catch((error: unknown) => error);
    const signal = await asked.promise;
    expect(signal.aborted).toBe(false);
    const ended = new Promise((resolve) => signal.addEventListener('abort', resolve));
    leaving.abort();
    await ended;
    await answer;
  },
);
