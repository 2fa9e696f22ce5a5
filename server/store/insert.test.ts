import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from './client.ts';
import { applySchema } from './migrate.ts';
import { makeSegment } from './testing.ts';

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'idempotent', log: createLog('test', 'silent') });
  await applySchema(store);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});
beforeEach(async () => {
  for (const table of ['spans', 'samples', 'trace_times', 'red_1m', 'red_1h', 'red_service_5m', 'attribute_keys_1h'])
    await store.command('empty', `TRUNCATE TABLE ${table}`);
});

/** The first span half-way through the last hour of yesterday, so that a long segment runs into today. */
const LAST_NIGHT = `toDateTime64(today() - 1, 9, 'UTC') + INTERVAL 1410 MINUTE`;

function spans(rows: number, everyMs: number) {
  return makeSegment(engine.url, 'idempotent', 'spans', rows, {
    timestamp: `${LAST_NIGHT} + INTERVAL number * ${everyMs} MILLISECOND`,
    duration_ns: '1000000 + number',
    trace_id: 'MD5(toString(intDiv(number, 10)))',
    service_name: `concat('service-', toString(number % 5))`,
    name: `'GET /things'`,
    kind: '2',
    status_code: 'if(number % 100 = 0, 2, 0)',
    attributes: `map('key', toString(number))`,
  });
}

const Counts = z.object({
  spans: z.number(),
  red: z.number(),
  hours: z.number(),
  services: z.number(),
  keys: z.number(),
  errors: z.number(),
  days: z.number(),
  traces: z.number(),
});

async function counts() {
  const [row] = await store.query({
    name: 'counts',
    sql: `SELECT
      (SELECT count() FROM spans) AS spans,
      (SELECT sum(count) FROM red_1m) AS red,
      (SELECT sum(count) FROM red_1h) AS hours,
      (SELECT sum(count) FROM red_service_5m) AS services,
      (SELECT sum(spans) FROM attribute_keys_1h) AS keys,
      (SELECT sum(errors) FROM red_1m) AS errors,
      (SELECT uniqExact(toDate(timestamp)) FROM spans) AS days,
      (SELECT uniqExact(trace_hash) FROM trace_times) AS traces`,
    row: Counts,
  });
  return row!;
}

describe('a segment inserted again with its token changes neither the table nor what is derived from it', () => {
  test.each([
    ['rows of one day', 1_000, 1, 1],
    ['rows of two days', 1_000, 3_600, 2],
    ['more rows than a block has by default, over two days', 200_000, 10, 2],
  ])('%s', async (_name, rows, everyMs, days) => {
    const segment = await spans(rows, everyMs);
    const expected = {
      spans: rows,
      red: rows,
      hours: rows,
      services: rows,
      keys: rows,
      errors: rows / 100,
      days,
      traces: rows / 10,
    };
    await store.insertRowBinary('spans', segment, 'first');
    expect(await counts()).toEqual(expected);
    const parts = await activeParts();
    await store.insertRowBinary('spans', segment, 'first');
    expect(await counts()).toEqual(expected);
    expect(await activeParts()).toEqual(parts);
  });

  test('after a restart of the engine, and after a crash', async () => {
    const segment = await spans(2_000, 3_600);
    await store.insertRowBinary('spans', segment, 'kept');
    await engine.restart();
    await store.insertRowBinary('spans', segment, 'kept');
    await engine.kill();
    await engine.restart();
    await store.insertRowBinary('spans', segment, 'kept');
    expect(await counts()).toMatchObject({ spans: 2_000, red: 2_000, hours: 2_000, services: 2_000, keys: 2_000 });
  });

  test('also when the first attempt reached the table but not its views', async () => {
    const segment = await spans(1_000, 3_600);
    await store.command('cut off', 'DETACH TABLE red_1m_of_spans');
    await store.insertRowBinary('spans', segment, 'half');
    await store.command('attach', 'ATTACH TABLE red_1m_of_spans');
    expect(await counts()).toMatchObject({ spans: 1_000, red: 0, hours: 0, services: 0 });
    await store.insertRowBinary('spans', segment, 'half');
    expect(await counts()).toMatchObject({ spans: 1_000, red: 1_000, hours: 1_000, services: 1_000, errors: 10 });
  });

  test('while the same rows under another token are other rows', async () => {
    const segment = await spans(1_000, 1);
    await store.insertRowBinary('spans', segment, 'one');
    await store.insertRowBinary('spans', segment, 'two');
    expect(await counts()).toMatchObject({ spans: 2_000, red: 2_000, hours: 2_000, services: 2_000, keys: 2_000 });
  });
});

test('a segment may come as a stream', async () => {
  const segment = await spans(50_000, 1);
  const pieces = Array.from({ length: Math.ceil(segment.length / 10_000) }, (_, piece) =>
    segment.subarray(piece * 10_000, (piece + 1) * 10_000),
  );
  await store.insertRowBinary('spans', Readable.from(pieces), 'streamed');
  expect((await counts()).spans).toBe(50_000);
});

test('a segment over very many days goes in', async () => {
  const segment = await makeSegment(engine.url, 'idempotent', 'samples', 300, {
    metric_name: `'days'`,
    timestamp: `toDateTime64(today(), 3, 'UTC') - INTERVAL number DAY`,
  });
  await store.insertRowBinary('samples', segment, 'days');
  expect((await activeParts('samples')).length).toBeGreaterThan(100);
});

test('a segment that is cut short is refused whole', async () => {
  const segment = await spans(1_000, 1);
  const cut = segment.subarray(0, segment.length - 3);
  await expect(store.insertRowBinary('spans', cut, 'cut')).rejects.toMatchObject({ code: 'INTERNAL' });
  expect((await counts()).spans).toBe(0);
});

test('a segment of 32 MiB, more rows than any block has by default, goes in as one part', async () => {
  const rows = 1_180_000;
  const segment = await makeSegment(engine.url, 'idempotent', 'samples', rows, {
    metric_name: `'cpu'`,
    timestamp: `${LAST_NIGHT} + INTERVAL number MILLISECOND`,
    value: 'number',
  });
  expect(segment.length).toBeGreaterThan(31 * 1024 ** 2);
  for (let attempt = 0; attempt < 2; attempt += 1) await store.insertRowBinary('samples', segment, 'large');
  const parts = await activeParts('samples');
  expect(parts.map((part) => part.rows)).toEqual([rows]);
}, 60_000);

function activeParts(table = 'spans') {
  return store.query({
    name: 'parts',
    sql: `SELECT name, rows FROM system.parts WHERE database = currentDatabase() AND table = {table:String} AND active ORDER BY name`,
    params: { table },
    row: z.object({ name: z.string(), rows: z.number() }),
  });
}
