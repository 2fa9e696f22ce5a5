// What spans, log lines and the control database tell, as series that can be asked for in PromQL.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Registry } from 'prom-client';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { addHostMetrics } from '#server/http/host-metrics.ts';
import { queryInstant } from '#server/promql/query.ts';
import { createStoreSource } from '#server/promql/read/store-source.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createSeriesWriter } from '../series/series-writer.ts';
import { createTestClock } from '../testing/test-clock.ts';
import { readDerived, type DerivedName } from './read-derived.ts';
import { runDerived } from './run-derived.ts';

// Near the present, because the tables drop what is past its time to live.
const AT = Math.floor(Date.now() / 1_000) * 1_000 - 60_000;
const checks = [
  { name: 'orphans', severity: 'critical' as const },
  { name: 'stock', severity: 'warning' as const },
];
let engine: TestEngine;
let control: TestControl;
let store: Store;

beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
  store = createStore({ url: engine.url, database: 'derived', log: control.log });
  await applySchema(store);
});
afterAll(async () => {
  await store?.close();
  await Promise.all([engine?.stop(), control?.stop()]);
});

const sources = () => ({ store, db: control.db, checks });
const read = async (name: DerivedName, from: Store = store) => {
  const samples = await readDerived(name, { ...sources(), store: from }, AT);
  return Object.fromEntries(
    samples.map(({ labels, value }) => [
      labels
        .withoutName()
        .entries()
        .map(([, text]) => text)
        .join(' '),
      value,
    ]),
  );
};
const insert = (table: string, columns: string, rows: string[]) =>
  store.command('test', `INSERT INTO ${table} (${columns}) VALUES ${rows.map((row) => `(${row})`).join(', ')}`);
const at = (secondsAgo: number) => `fromUnixTimestamp64Milli(${AT - secondsAgo * 1_000})`;
const line = (ago: number, service: string, body: string) => `${at(ago)}, '${service}', '${body}'`;
const asked = (service: string, status: number, message: string, exception = '') =>
  `${at(5)}, '${service}', 3, 'postgresql', ${status}, '${message}', [map('exception.message', '${exception}')]`;

const ran = (check: string, minutesAgo: number, status: 'passed' | 'violated' | 'failed', violations: number) => ({
  check,
  status,
  violations,
  startedAt: new Date(AT - minutesAgo * 60_000),
  newViolations: 0,
  durationMs: 1,
  trigger: 'schedule' as const,
});

it('lines of the proxy, by service', async () => {
  await insert('logs', 'timestamp, service_name, body', [
    line(5, 'gateway', '[payments] Circuit open'),
    line(6, 'gateway', '[orders] Proxy error'),
    line(7, 'gateway', 'request completed'),
    line(90, 'gateway', '[orders] Proxy error'),
    line(5, 'orders', 'order created'),
  ]);
  expect(await read('proxy_error_lines')).toEqual({ gateway: 2, orders: 0 });
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
      asked('auth', 2, 'relation x does not exist'),
    ],
  );
  expect(await read('database_unreachable_calls')).toEqual({ auth: 0, orders: 2 });
});

describe('violations', () => {
  beforeEach(() => control.sql('TRUNCATE control.violation, control.check_run'));

  it('counts as new what was first seen within the hour and is still there', async () => {
    const seen = (check: string, key: string, minutesAgo: number, resolvedAt: Date | null = null) => ({
      check,
      key,
      firstSeen: new Date(AT - minutesAgo * 60_000),
      resolvedAt,
    });
    await control.db.violation.createMany({
      data: [
        seen('orphans', 'a', 0),
        seen('orphans', 'b', 59),
        seen('orphans', 'c', 61),
        seen('orphans', 'd', 1, new Date(AT)),
        seen('removed-check', 'e', 1),
      ],
    });
    expect(await read('integrity_violations_new')).toEqual({ 'orphans critical': 2, 'stock warning': 0 });
  });

  it('counts all by the last run that could count them', async () => {
    await control.db.checkRun.createMany({
      data: [ran('orphans', 9, 'violated', 7), ran('orphans', 5, 'violated', 4), ran('orphans', 1, 'failed', 0)],
    });
    expect(await read('integrity_violations')).toEqual({ 'orphans critical': 4 });
  });

  it('are written on the clock and when a check has run, and can be asked for', async () => {
    const clock = createTestClock(AT);
    const writer = createSeriesWriter(store);
    const derived = runDerived({ sources, writer, clock, intervalMs: 60_000, log: control.log });
    const ask = async (query: string) => {
      const { data } = await queryInstant({ source: createStoreSource(store), query, timeMs: clock.now().getTime() });
      return data.resultType === 'vector' ? data.result.map(({ value }) => value) : [];
    };
    try {
      await derived.wake('integrity');
      expect(await ask('integrity_violations_new{check="stock", severity="warning"}')).toEqual([0]);
      clock.advance(1_000);
      const firstSeen = new Date(AT);
      await control.db.violation.create({ data: { check: 'stock', key: 'x', firstSeen, resolvedAt: null } });
      await derived.wake('integrity');
      expect(await ask('integrity_violations_new{check="stock"}')).toEqual([1]);
      expect(await ask('proxy_error_lines{service="gateway"}')).toEqual([2]);
      // Nobody has logged for a minute: what a series no longer says has ended.
      clock.advance(61_000);
      await derived.wake('circuit');
      expect(await ask('proxy_error_lines')).toEqual([]);
    } finally {
      await derived.stop();
    }
  });
});

it('fails rather than answer nothing when the store is away', async () => {
  const away = createStore({ url: 'http://127.0.0.1:1', database: 'derived', log: control.log });
  await expect(read('proxy_error_lines', away)).rejects.toThrow();
  await away.close();
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
