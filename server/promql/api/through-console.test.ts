// A real Prometheus that reads from the console, by remote read and by federation, through the door that judges every request.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createConsoleServer } from '#server/http/console-server.ts';
import { createLog } from '#server/log.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { hasPrometheus, startPeerPrometheus, type PeerPrometheus } from '../testing/peer-prometheus.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { createPrometheusApi } from './create-prometheus-api.ts';

const MINUTE = 60_000;
const NOW_MS = Math.floor(Date.now() / MINUTE) * MINUTE;
const START_MS = NOW_MS - 60 * MINUTE;

describe.skipIf(!hasPrometheus())('a Prometheus beside the console', () => {
  let api: TestApi;
  let server: Server;
  let peer: PeerPrometheus;
  let authority: string;
  beforeAll(async () => {
    api = await startTestApi();
    const series = loadSeries(
      `requests_total{job="api",instance="a:1",kept="here"} 0+60x60
       requests_total{job="api",instance="b:1",kept="here"} 0+30x60
       federated{job="api",instance="a:1",text="say \\"hi\\""} 1.5x60`,
      MINUTE,
    );
    const moved = series.map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + START_MS) }));
    await insertSeries(api.store, moved, 'through-console');
    const log = createLog('test', 'silent');
    server = createConsoleServer({
      publicUrl: new URL('http://switchyard.example'),
      isDevelopment: false,
      pages: () => null,
      api: async () => {},
      // A clock that stands still: what is federated stays the newest, however long the test takes.
      programApis: [createPrometheusApi({ store: api.store, now: () => new Date(NOW_MS), log })],
      metrics: new Registry(),
      isStopping: () => false,
      log,
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    peer = await startPeerPrometheus({
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      // Only what is asked for with this matcher comes from the console.
      remote_read: [{ url: `http://${authority}/api/v1/read`, read_recent: true, required_matchers: { kept: 'here' } }],
      scrape_configs: [
        {
          job_name: 'federate',
          honor_labels: true,
          metrics_path: '/federate',
          params: { 'match[]': ['{__name__="federated"}'] },
          static_configs: [{ targets: [authority] }],
        },
      ],
    });
  }, 120_000);
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await Promise.all([peer?.stop(), api?.stop()]);
  });

  async function ask(query: string, timeMs: number) {
    const params = new URLSearchParams({ query, time: String(timeMs / 1000) });
    const answer = await fetch(`${peer.url}/api/v1/query?${params.toString()}`);
    return (await answer.json()) as {
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
      warnings?: string[];
    };
  }

  test('queries what the console keeps, by remote read', async () => {
    const { data, warnings } = await ask('rate(requests_total{kept="here"}[10m])', START_MS + 30 * MINUTE);
    expect(warnings).toBeUndefined();
    expect(data.result.map(({ metric, value }) => [metric['instance'], Number(value[1])])).toEqual([
      ['a:1', 1],
      ['b:1', 0.5],
    ]);
  });

  test('scrapes /federate', { timeout: 120_000 }, async () => {
    await vi.waitFor(
      async () => {
        const { data } = await ask('federated', NOW_MS);
        expect(data.result.map(({ metric, value }) => [metric, value[1]])).toEqual([
          [{ __name__: 'federated', job: 'api', instance: 'a:1', text: 'say "hi"' }, '1.5'],
        ]);
      },
      { timeout: 100_000, interval: 500 },
    );
    const targets = (await (await fetch(`${peer.url}/api/v1/targets`)).json()) as {
      data: { activeTargets: { lastError: string; health: string }[] };
    };
    expect(targets.data.activeTargets).toMatchObject([{ lastError: '', health: 'up' }]);
  });

  test('/federate answers programs, not pages of other sites', async () => {
    const url = `http://${authority}/federate?match[]=federated`;
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(await answer.text()).toBe(
      `# TYPE federated untyped\nfederated{instance="a:1",job="api",text="say \\"hi\\""} 1.5 ${NOW_MS}\n`,
    );
    expect((await fetch(url, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });
});
