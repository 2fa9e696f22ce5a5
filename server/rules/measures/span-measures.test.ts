// The measures that spans, logs and scraped samples answer.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Registry } from 'prom-client';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { addHostMetrics } from '#server/http/host-metrics.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { MEASURES } from './index.ts';
import type { MeasureSources } from './measure.ts';
import type { MeasureName } from './names.ts';

const AT = Math.floor(Date.now() / 1_000) * 1_000 - 60_000;
let engine: TestEngine;
let store: Store;

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'measures', log: createLog('test', 'silent') });
  await applySchema(store);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const read = async (measure: MeasureName) => {
  const sources = { store, checks: [], atMs: AT } as unknown as MeasureSources;
  const samples = await MEASURES[measure].read(sources);
  return Object.fromEntries(samples.map(({ labels, value }) => [labels.service, value]));
};
const insert = (table: string, columns: string, rows: string[]) =>
  store.command('test', `INSERT INTO ${table} (${columns}) VALUES ${rows.map((row) => `(${row})`).join(', ')}`);
const at = (secondsAgo: number) => `fromUnixTimestamp64Milli(${AT - secondsAgo * 1_000})`;
const times = (count: number, row: string) => Array.from({ length: count }, () => row);

const timed = (ago: number, service: string, ms: number, kind = 2) => `${at(ago)}, '${service}', ${kind}, ${ms * 1e6}`;
const answered = (status: number) => `${at(5)}, 'edge', 2, ${status}`;
const line = (ago: number, service: string, body: string) => `${at(ago)}, '${service}', '${body}'`;
const asked = (service: string, status: number, message: string, exception = '') =>
  `${at(5)}, '${service}', 3, 'postgresql', ${status}, '${message}', [map('exception.message', '${exception}')]`;

it('p95 of the last minute, where enough was served', async () => {
  await insert('spans', 'timestamp, service_name, kind, duration_ns', [
    ...times(90, timed(10, 'slow', 100)),
    ...times(10, timed(10, 'slow', 3_000)),
    ...times(100, timed(70, 'calm', 9_000)),
    ...times(50, timed(10, 'calm', 20)),
    ...times(50, timed(10, 'calm', 9_000, 3)),
    ...times(5, timed(10, 'rare', 9_000)),
  ]);
  const answer = await read('service_latency_p95_seconds');
  expect(Object.keys(answer)).toEqual(['calm', 'slow']);
  expect(answer.slow).toBeGreaterThan(1);
  expect(answer.calm).toBeCloseTo(0.02, 3);
});

it('502 and 503 by their share, no other status', async () => {
  await insert(
    'spans',
    'timestamp, service_name, kind, http_response_status_code',
    [502, 503, 500, 404, 200, 200, 200, 200].map(answered),
  );
  expect((await read('service_bad_gateway_ratio')).edge).toBe(0.25);
});

it('lines of the proxy, by service', async () => {
  await insert('logs', 'timestamp, service_name, body', [
    line(5, 'gateway', '[payments] Circuit open'),
    line(6, 'gateway', '[orders] Proxy error'),
    line(7, 'gateway', 'request completed'),
    line(90, 'gateway', '[orders] Proxy error'),
    line(5, 'orders', 'order created'),
  ]);
  expect(await read('proxy_messages')).toEqual({ gateway: 2, orders: 0 });
});

it('databases that cannot be reached, not queries that fail', async () => {
  await insert(
    'spans',
    'timestamp, service_name, kind, db_system_name, status_code, status_message, event_attributes',
    [
      asked('orders', 2, 'connect ECONNREFUSED 127.0.0.1:5433'),
      asked('orders', 2, '', 'Connection terminated unexpectedly'),
      asked('orders', 2, 'duplicate key value violates unique constraint'),
      asked('orders', 0, 'ECONNREFUSED'),
      asked('auth', 2, 'relation "x" does not exist'.replaceAll('"', '')),
    ],
  );
  expect(await read('database_failures')).toEqual({ auth: 0, orders: 2 });
});

it('memory and disk of this machine are shares', async () => {
  const registry = new Registry();
  addHostMetrics(registry, '.');
  const values = new Map(
    (await registry.getMetricsAsJSON()).map(({ name, values: [sample] }) => [name, sample?.value]),
  );
  for (const name of ['host_memory_used_ratio', 'host_disk_free_ratio']) {
    expect(values.get(name)).toBeGreaterThan(0);
    expect(values.get(name)).toBeLessThan(1);
  }
});
