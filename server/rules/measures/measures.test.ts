import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb } from '#server/db.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { migrateControl } from '#server/migrate.ts';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { MEASURES } from './index.ts';
import type { MeasureSources } from './measure.ts';
import type { MeasureName } from './names.ts';

const log = createLog('test', 'silent');
// Near the present, because the tables drop what is past its time to live.
const AT = Math.floor(Date.now() / 1_000) * 1_000 - 60_000;
let engine: TestEngine;
let store: Store;
let postgres: TestPostgres;
let db: ReturnType<typeof createDb>;

beforeAll(async () => {
  [engine, postgres] = await Promise.all([startTestEngine(), startTestPostgres()]);
  store = createStore({ url: engine.url, database: 'measures', log });
  await Promise.all([applySchema(store), migrateControl(postgres.url)]);
  db = createDb(postgres.url, log);
});
afterAll(async () => {
  await db?.$disconnect();
  await store?.close();
  await engine?.stop();
  await postgres?.stop();
});

const read = async (measure: MeasureName, rest: Partial<MeasureSources> = {}) => {
  const samples = await MEASURES[measure].read({ store, db, checks: [], atMs: AT, ...rest });
  return Object.fromEntries(samples.map(({ labels, value }) => [Object.values(labels).toSorted().join(' '), value]));
};
const insert = (table: string, columns: string, rows: string[]) =>
  store.command('test', `INSERT INTO ${table} (${columns}) VALUES ${rows.map((row) => `(${row})`).join(', ')}`);
const at = (secondsAgo: number) => `fromUnixTimestamp64Milli(${AT - secondsAgo * 1_000})`;

const transition = (ago: number, name: string, instance: string, state: string) =>
  `${at(ago)}, '${name}', 'gateway', '${instance}', '${state}'`;
const span = (ago: number, service: string, kind: number, status: number, http: number) =>
  `${at(ago)}, '${service}', ${kind}, ${status}, ${http}`;

describe('circuit_breaker_open', () => {
  beforeAll(() =>
    insert('circuit_transitions', 'timestamp, name, service_name, service_instance_id, state', [
      transition(500, 'payments', 'g1', 'closed'),
      transition(40, 'payments', 'g1', 'open'),
      transition(40, 'orders', 'g1', 'open'),
      transition(10, 'orders', 'g1', 'half_open'),
      transition(5_000, 'auth', 'g1', 'forced_open'),
      transition(900, 'shipping', 'g1', 'open'),
      transition(800, 'shipping', 'g1', 'closed'),
      transition(900, 'payments', 'g0', 'open'),
      transition(-20, 'catalog', 'g1', 'open'),
    ]),
  );

  it('is 1 for what refuses every call at that moment', async () => {
    expect(await read('circuit_breaker_open')).toEqual({
      'g1 gateway payments': 1,
      'g1 gateway orders': 0,
      'auth g1 gateway': 1,
      'g1 gateway shipping': 0,
      // Nobody of the gateway speaks: whether g0 still lives cannot be known.
      'g0 gateway payments': 1,
    });
    expect((await MEASURES.circuit_breaker_open.read({ store, db, checks: [], atMs: AT }))[0]?.labels).toEqual({
      name: 'auth',
      service: 'gateway',
      instance: 'g1',
    });
  });

  it('forgets an instance that fell silent while another of its service speaks', async () => {
    await insert('spans', 'timestamp, service_name, service_instance_id', [
      `${at(20)}, 'gateway', 'g1'`,
      `${at(600)}, 'gateway', 'g0'`,
    ]);
    expect(Object.keys(await read('circuit_breaker_open'))).not.toContain('g0 gateway payments');
    expect(Object.keys(await read('circuit_breaker_open'))).toContain('g1 gateway payments');
  });
});

it('service_error_ratio is the share of server spans of the last minute that failed', async () => {
  await insert('spans', 'timestamp, service_name, kind, status_code, http_response_status_code', [
    ...[1, 2, 3].map((ago) => span(ago, 'orders', 2, 0, 200)),
    span(4, 'orders', 2, 2, 500),
    span(5, 'orders', 3, 2, 503),
    span(61, 'orders', 2, 2, 500),
    span(3, 'catalog', 2, 0, 404),
    span(3, 'payments', 2, 0, 503),
    span(3, 'idle', 1, 2, 0),
  ]);
  expect(await read('service_error_ratio')).toEqual({ orders: 0.25, catalog: 0, payments: 1 });
});

it('up is the newest sample of each target within five minutes', async () => {
  await insert('series', 'metric_name, series_id, labels, last_seen', [
    `'up', 1, map('__name__', 'up', 'job', 'gateway', 'instance', 'a'), ${at(0)}`,
    `'up', 1, map('__name__', 'up', 'job', 'gateway', 'instance', 'a'), ${at(60)}`,
    `'up', 2, map('__name__', 'up', 'job', 'orders', 'instance', 'b'), ${at(0)}`,
    `'up', 3, map('__name__', 'up', 'job', 'old', 'instance', 'c'), ${at(0)}`,
    `'other', 4, map('__name__', 'other'), ${at(0)}`,
  ]);
  await insert('samples', 'metric_name, series_id, timestamp, value', [
    `'up', 1, ${at(10)}, 1`,
    `'up', 1, ${at(5)}, 0`,
    `'up', 2, ${at(10)}, 0`,
    `'up', 2, ${at(5)}, 1`,
    `'up', 2, ${at(-5)}, 0`,
    `'up', 3, ${at(301)}, 0`,
    `'other', 4, ${at(1)}, 0`,
  ]);
  expect(await read('up')).toEqual({ 'a gateway': 0, 'b orders': 1 });
});

describe('integrity_violations_new', () => {
  beforeEach(async () => void (await db.violation.deleteMany()));
  const checks = [
    { name: 'orphans', severity: 'critical' as const },
    { name: 'stock', severity: 'warning' as const },
  ];

  it('counts what was first seen within the hour and is still there', async () => {
    const seen = (check: string, key: string, minutesAgo: number, resolvedAt: Date | null = null) => ({
      check,
      key,
      firstSeen: new Date(AT - minutesAgo * 60_000),
      resolvedAt,
    });
    await db.violation.createMany({
      data: [
        seen('orphans', 'a', 0),
        seen('orphans', 'b', 59),
        seen('orphans', 'c', 61),
        seen('orphans', 'd', 1, new Date(AT)),
        seen('removed-check', 'e', 1),
      ],
    });
    expect(await read('integrity_violations_new', { checks })).toEqual({ 'critical orphans': 2, 'stock warning': 0 });
  });
});

it('fails rather than answer nothing when the store is away', async () => {
  const away = createStore({ url: 'http://127.0.0.1:1', database: 'measures', log });
  await expect(read('up', { store: away })).rejects.toThrow();
  await away.close();
});
