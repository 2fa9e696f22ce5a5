import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createSeries, writeSampleBits } from '#server/decode/metric-rows.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from './client.ts';
import { applySchema } from './migrate.ts';

let engine: TestEngine;
const stores: Store[] = [];
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await engine?.stop();
});

const NOW_MS = Math.floor(Date.now() / 1_000) * 1_000;
const STALE = 0x7ff0_0000_0000_0002n;
const ODD = [
  STALE,
  ...[0, -0, NaN, Infinity, -Infinity, 0.1, -12.345, 1 / 3, 2 ** 53, 2 ** 53 - 1, -(2 ** 63), 1e-300, 5e-324].map(
    bitsOf,
  ),
  ...[9e15, 1e9 + 0.000_001, 0.000_123_456, 1e-9, 4.35, 1.005, Number.MAX_VALUE].map(bitsOf),
  0xfff8_0000_0000_0001n,
  0x000f_ffff_ffff_ffffn,
];

test('a sample is read to the bit as it was written, whatever it is', async () => {
  const store = await open('exact');
  await applySchema(store);
  const bits = [...ODD, ...decimals(2_000), ...noise(2_000)];
  await insert(store, bits, 'all');
  expect(await read(store)).toEqual(bits);
  await store.command('merge', 'OPTIMIZE TABLE samples FINAL');
  expect(await read(store)).toEqual(bits);
});

test('decimals are kept as integers', async () => {
  const store = await open('integers');
  await applySchema(store);
  await insert(store, [17, 17.25, 17.123456, 0.000_000_042, 1 / 3].map(bitsOf), 'few');
  const rows = await store.query({
    name: 'integers',
    sql: 'SELECT divisor, dividend, float_value FROM samples ORDER BY timestamp',
    row: z.object({ divisor: z.number(), dividend: z.number(), float_value: z.number() }),
  });
  expect(rows.map((row) => [row.divisor, row.dividend, row.float_value])).toEqual([
    [1, 17, 0],
    [1e3, 17_250, 0],
    [1e6, 17_123_456, 0],
    [1e9, 42, 0],
    [0, 0, 1 / 3],
  ]);
});

test('samples of a store that kept them as floats are read as ever, and the next ones beside them', async () => {
  const store = await open('older');
  await store.createDatabase('CREATE DATABASE older');
  await store.command(
    'before',
    `CREATE TABLE older.samples (metric_name LowCardinality(String), series_id UInt64, timestamp DateTime64(3, 'UTC'),
       value Float64 CODEC(Delta(8), ZSTD(1))) ENGINE = MergeTree PARTITION BY toDate(timestamp) ORDER BY (metric_name, series_id, timestamp)
       SETTINGS non_replicated_deduplication_window = 10000`,
  );
  await store.command(
    'old rows',
    `INSERT INTO samples SELECT 'm', 1, fromUnixTimestamp64Milli(${NOW_MS - 86_400_000}) + INTERVAL rowNumberInAllBlocks() SECOND,
       reinterpretAsFloat64(arrayJoin([${ODD.join(', ')}]))`,
  );
  await applySchema(store);
  expect(await read(store)).toEqual(ODD);
  await insert(store, ODD, 'next');
  await applySchema(store);
  expect(await read(store)).toEqual([...ODD, ...ODD]);
  await store.command('merge', 'OPTIMIZE TABLE samples FINAL');
  expect(await read(store)).toEqual([...ODD, ...ODD]);
});

async function open(database: string): Promise<Store> {
  const store = createStore({ url: engine.url, database, log: createLog('test', 'silent') });
  stores.push(store);
  return store;
}

async function insert(store: Store, values: bigint[], token: string): Promise<void> {
  const rows = new RowSink(1 << 20);
  const series = createSeries('m', []);
  values.forEach((bits, index) =>
    writeSampleBits(rows, series, NOW_MS + index, Number(bits & 0xffff_ffffn), Number(bits >> 32n)),
  );
  await store.insertRowBinary('samples', Buffer.concat(rows.chunks().map(({ bytes }) => bytes)), token);
}

async function read(store: Store): Promise<bigint[]> {
  const rows = await store.query({
    name: 'bits',
    sql: 'SELECT toString(reinterpretAsUInt64(value)) AS bits FROM samples ORDER BY timestamp',
    row: z.object({ bits: z.string() }),
  });
  return rows.map(({ bits }) => BigInt(bits));
}

function decimals(count: number): bigint[] {
  return Array.from({ length: count }, (_, index) => {
    const digits = index % 12;
    return bitsOf(Number(((index - count / 2) * 1_234.567_891_234_5).toFixed(digits)));
  });
}

/** Any bits at all, the same at every run. */
function noise(count: number): bigint[] {
  let state = 88_172_645_463_325_252n;
  return Array.from({ length: count }, () => {
    state ^= (state << 13n) & 0xffff_ffff_ffff_ffffn;
    state ^= state >> 7n;
    state ^= (state << 17n) & 0xffff_ffff_ffff_ffffn;
    return state;
  });
}

function bitsOf(value: number): bigint {
  return new BigUint64Array(new Float64Array([value]).buffer)[0]!;
}
