import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import type { Actor } from '#server/context.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans } from '#server/store/queries/testing.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { enforceRetention } from './enforce-retention.ts';
import { getRetention } from './get-retention.ts';
import { KEPT_TABLES } from './kept-tables.ts';
import { previewRetention } from './preview-retention.ts';
import { RETENTION_DEFAULT, SetRetentionInput, type RetentionSignal } from './schema.ts';
import { setRetention } from './set-retention.ts';

const DAY = 86_400_000;
const NOON = Math.floor(Date.now() / DAY) * DAY + DAY / 2;
const now = () => new Date(NOON);
const AGES_DAYS = [0, 1, 2, 5, 6, 8, 20, 45];
let engine: TestEngine;
let control: TestControl;
let store: Store;

beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
});
afterAll(async () => {
  await store?.close();
  await Promise.all([engine?.stop(), control?.stop()]);
});
beforeEach(() => control.sql('TRUNCATE control.retention'));

/** One span of each age, and what is derived from it. */
async function fillStore(): Promise<void> {
  await store?.close();
  store = createStore({ url: engine.url, database: `kept_${crypto.randomUUID().slice(0, 8)}`, log: control.log });
  await applySchema(store);
  await insertSpans(
    store,
    AGES_DAYS.map((age) => ({ service: 'payments', atMs: NOON - age * DAY, attributes: { region: 'north' } })),
  );
}

const context = (actor: Actor = LOCAL_OPERATOR) => ({ db: control.db, store, actor, log: control.log, now });
const set = (signal: RetentionSignal, days: number) => setRetention(context(), { signal, days });
const enforce = () => enforceRetention(context(), now());
const number = async (sql: string) => {
  const [row] = await store.query({ name: 'test', sql, row: z.object({ n: z.number() }) });
  return row!.n;
};
const kept = (table: string, time = 'timestamp') => number(`SELECT uniqExact(toDate(${time})) AS n FROM ${table}`);

describe('what is kept', () => {
  beforeEach(fillStore);

  test('every table that grows by the day has a policy', async () => {
    const tables = await store.query({
      name: 'test',
      sql: `SELECT name FROM system.tables WHERE database = currentDatabase() AND partition_key <> ''
        AND create_table_query NOT LIKE '% TTL %' ORDER BY name`,
      row: z.object({ name: z.string() }),
    });
    expect(tables.map(({ name }) => name)).toEqual(Object.values(KEPT_TABLES).flat().toSorted());
  });

  test('days that are past go whole, from all tables of the signal, and no other', async () => {
    const dropped = await enforce();
    expect(new Set(dropped.map(({ table }) => table))).toEqual(
      new Set([...KEPT_TABLES.traces, ...KEPT_TABLES.rollup_1m]),
    );
    expect(await kept('spans')).toBe(5);
    expect(await kept('trace_times', 'day')).toBe(5);
    expect(await kept('red_1m', 'minute')).toBe(7);
    expect(await kept('red_1h', 'hour')).toBe(8);
    expect(await enforce()).toEqual([]);
  });

  test('an operator keeps traces for two days: what is older goes, and goes on going; the parts that stay are not rewritten', async () => {
    const parts = `SELECT groupArray(name) AS names FROM (SELECT name FROM system.parts WHERE active AND database = currentDatabase()
      AND table = 'spans' AND min_time >= toDateTime(${NOON / 1000 - 2.5 * 86_400}) ORDER BY name)`;
    const names = () => store.query({ name: 'test', sql: parts, row: z.object({ names: z.array(z.string()) }) });
    const before = await names();
    const preview = await previewRetention(context(), { signal: 'traces', days: 2 });
    expect(preview.deleted.rows).toBe(5);
    expect(preview.deleted.bytes).toBeGreaterThan(0);

    await set('traces', 2);
    expect((await getRetention(context())).signals[0]).toMatchObject({
      days: 2,
      held: { rows: 8 },
      past: preview.deleted,
    });
    const bytes = (await enforce())
      .filter(({ table }) => KEPT_TABLES.traces.includes(table))
      .reduce((sum, partition) => sum + partition.bytes, 0);
    expect(bytes).toBe(preview.deleted.bytes);
    expect(await kept('spans')).toBe(3);
    expect(await names()).toEqual(before);

    await enforceRetention(context(), new Date(NOON + DAY));
    expect(await kept('spans')).toBe(2);
  });

  test('a longer time ends the deletion, also of rows that were stored when it was shorter', async () => {
    await set('rollup_1m', 400);
    await set('traces', 100);
    expect(await enforce()).toEqual([]);
    expect(await kept('spans')).toBe(8);
    await set('traces', 7);
    await enforce();
    expect(await kept('spans')).toBe(5);
  });

  test('nothing goes while the control database does not answer', async () => {
    const away = new Proxy(control.db, {
      get: (db, name) =>
        name === 'retention' ? { findMany: () => Promise.reject(new Error('away')) } : Reflect.get(db, name),
    });
    await expect(enforceRetention({ ...context(), db: away }, now())).rejects.toThrow('away');
    expect(await kept('spans')).toBe(8);
  });

  test('a store that was made with a TTL loses it, and keeps the rows that it would have deleted', async () => {
    await store.command('test', 'SYSTEM STOP TTL MERGES spans');
    await store.command('test', 'TRUNCATE TABLE spans');
    await store.command('test', 'ALTER TABLE spans MODIFY TTL toDateTime(timestamp) + INTERVAL 7 DAY');
    const old = { service: 'payments', atMs: NOON - 20 * DAY };
    await insertSpans(store, [old]);
    const merge = () => store.command('test', 'OPTIMIZE TABLE spans FINAL');

    await applySchema(store);
    await store.command('test', 'SYSTEM START TTL MERGES spans');
    await merge();
    expect(await kept('spans')).toBe(1);

    await store.command('test', 'ALTER TABLE spans MODIFY TTL toDateTime(timestamp) + INTERVAL 7 DAY');
    await insertSpans(store, [old]);
    await merge();
    expect(await kept('spans')).toBe(0);
  });

  test('the report says what is held, since when, and what a day takes', async () => {
    const report = await getRetention(context());
    const of = (signal: RetentionSignal) => report.signals.find((each) => each.signal === signal)!;
    expect(of('traces')).toMatchObject({
      days: 7,
      changed: null,
      held: { rows: 8 },
      past: { rows: 3 },
      oldestMs: NOON - 45 * DAY,
    });
    expect(of('traces').bytesADay).toBeGreaterThan(0);
    expect(of('traces').held.bytes).toBeGreaterThan(of('traces').past.bytes);
    expect(of('logs')).toMatchObject({ held: { rows: 0, bytes: 0 }, oldestMs: null, bytesADay: null });
    expect(report.freeBytes).toBeGreaterThan(0);
    expect(report.totalBytes).toBeGreaterThanOrEqual(report.freeBytes);
  });
});

describe('setting it', () => {
  test('is audited, and the default leaves no row', async () => {
    await set('logs', 3);
    await set('logs', RETENTION_DEFAULT.logs);
    expect(await control.db.retention.count()).toBe(0);
    const entries = await control.db.auditEntry.findMany({
      where: { verb: 'retention.set', subject: 'logs' },
      orderBy: { seq: 'asc' },
    });
    expect(entries.map(({ input }) => input)).toEqual([
      { days: 3, daysBefore: 7 },
      { days: 7, daysBefore: 3 },
    ]);
  });

  test('a rollup outlives what it is made of, also when two operators change both at once', async () => {
    await expect(set('traces', 31)).rejects.toThrow('set them to 31 days or more first (now 30)');
    await expect(set('rollup_1m', 6)).rejects.toThrow('keep them for 7 days or more');
    await expect(set('rollup_1h', 29)).rejects.toThrow('keep them for 30 days or more');
    const both = await Promise.allSettled([set('traces', 20), set('rollup_1m', 10)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test.each([0, -1, 1.5, 3651])('%d days are refused', (days) => {
    expect(SetRetentionInput.safeParse({ signal: 'logs', days }).success).toBe(false);
  });

  test('takes an administrator', async () => {
    await expect(
      setRetention(context({ ...LOCAL_OPERATOR, role: 'editor' }), { signal: 'logs', days: 3 }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
