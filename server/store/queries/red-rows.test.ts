import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '../client.ts';
import { applySchema } from '../migrate.ts';
import { makeSegment } from '../testing.ts';
import { readEndpoints, readEndpointsOfMinutes } from './endpoints.ts';
import { redParams } from './red-rows.ts';
import { readServiceCalls, readServiceCallsOfMinutes } from './service-calls.ts';
import { readServiceCounts, readServiceCountsOfMinutes } from './service-counts.ts';
import { readServiceSeries, readServiceSeriesOfMinutes } from './service-series.ts';
import { readServiceTotals, readServiceTotalsOfMinutes } from './service-totals.ts';

const [MINUTE, HOUR] = [60_000, 3_600_000];
const MIDNIGHT = (Math.floor(Date.now() / (24 * HOUR)) - 1) * 24 * HOUR;
/** From 21:10 over midnight to 02:50, in which whole hours lie between two halves. */
const RANGE = { fromMs: MIDNIGHT - 170 * MINUTE, toMs: MIDNIGHT + 170 * MINUTE };
const HOURS = { fromMs: MIDNIGHT - 2 * HOUR, toMs: MIDNIGHT + 2 * HOUR };
const WITHIN = { fromMs: MIDNIGHT - 50 * MINUTE, toMs: MIDNIGHT - 10 * MINUTE };

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'hours', log: createLog('test', 'silent') });
  await applySchema(store);
  await insert('first', 30_000, 0);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

describe.each([
  ['hours between minutes', RANGE],
  ['whole hours', HOURS],
  ['less than an hour', WITHIN],
])('panels over %s say what the spans say', (_, range) => {
  test('services', async () => {
    const [raw, red] = await Promise.all([readServiceTotals(store, range), readServiceTotalsOfMinutes(store, range)]);
    expect(raw.length).toBe(4);
    expectAlike(red, raw);
  });

  test('endpoints', async () => {
    const [raw, red] = await Promise.all([
      readEndpoints(store, 'service-1', range),
      readEndpointsOfMinutes(store, 'service-1', range),
    ]);
    expect(raw.length).toBeGreaterThan(3);
    expectAlike(red, raw);
  });

  test('edges', async () => {
    const [raw, red] = await Promise.all([
      readServiceCalls(store, range),
      readServiceCallsOfMinutes(store, range, { fromMs: range.toMs - 15 * MINUTE, toMs: range.toMs }),
    ]);
    expect(raw.length).toBeGreaterThan(3);
    const pick = (rows: typeof raw) =>
      rows.map(({ service, peer, calls, failed }) => `${service} ${peer} ${calls} ${failed}`).toSorted();
    expect(pick(red)).toEqual(pick(raw));
  });

  test.each([2 * MINUTE, 10 * MINUTE, HOUR])('series and sparklines by %d ms', async (stepMs) => {
    const [raw, red] = await Promise.all([
      readServiceSeries(store, 'service-1', range, stepMs),
      readServiceSeriesOfMinutes(store, 'service-1', range, stepMs),
    ]);
    expectAlike(red, raw);
    const [rawCounts, redCounts] = await Promise.all([
      readServiceCounts(store, range, stepMs),
      readServiceCountsOfMinutes(store, range, stepMs),
    ]);
    const sorted = (rows: typeof rawCounts) => rows.map((row) => JSON.stringify(row)).toSorted();
    expect(sorted(redCounts)).toEqual(sorted(rawCounts));
  });
});

test.each([
  ['from and to within hours', RANGE, undefined, [MIDNIGHT - 2 * HOUR, MIDNIGHT + 2 * HOUR]],
  ['no whole hour', WITHIN, undefined, null],
  ['buckets of hours', HOURS, { originMs: HOURS.fromMs, stepMs: 2 * HOUR }, [HOURS.fromMs, HOURS.toMs]],
  ['buckets that cut hours', HOURS, { originMs: HOURS.fromMs, stepMs: 90 * MINUTE }, null],
  ['buckets that begin within an hour', RANGE, { originMs: RANGE.fromMs, stepMs: HOUR }, null],
])('which hours are read as hours: %s', (_, range, bucket, expected) => {
  const { hoursFrom, hoursTo } = redParams(range, bucket);
  expect(hoursTo > hoursFrom ? [hoursFrom * 1_000, hoursTo * 1_000] : null).toEqual(expected);
});

test.each([
  ['a step of minutes', 2, null],
  ['a step of five minutes', 15, [MIDNIGHT - 50 * MINUTE, MIDNIGHT - 10 * MINUTE]],
])('which services are read by five minutes: %s', (_, minutes, expected) => {
  const bucket = { originMs: MIDNIGHT - HOUR, stepMs: minutes * MINUTE };
  const { slotsFrom, slotsTo } = redParams(WITHIN, bucket);
  expect(slotsTo > slotsFrom ? [slotsFrom * 1_000, slotsTo * 1_000] : null).toEqual(expected);
});

test('whole hours really come from the hours', async () => {
  const explained = await store.query({
    name: 'rows',
    sql: `SELECT count() AS rows, (SELECT count() FROM red_1m) AS minutes FROM red_1h`,
    row: z.object({ rows: z.number(), minutes: z.number() }),
  });
  expect(explained[0]!.rows).toBeGreaterThan(20);
  expect(explained[0]!.minutes).toBeGreaterThan(10 * explained[0]!.rows);
  await store.command('away', 'CREATE TABLE kept AS red_1h');
  await store.command('away', 'EXCHANGE TABLES kept AND red_1h');
  try {
    expect(sum(await readServiceTotalsOfMinutes(store, HOURS))).toBe(0);
    expect(sum(await readServiceTotalsOfMinutes(store, WITHIN))).toBeGreaterThan(0);
  } finally {
    await store.command('back', 'EXCHANGE TABLES kept AND red_1h');
    await store.command('back', 'DROP TABLE kept');
  }
});

test(
  'minutes of a store that had no hours and no services become both once, and those of later spans are added',
  { timeout: 120_000 },
  async () => {
    await store.command('as before', 'DROP VIEW red_1h_of_red_1m');
    await store.command('as before', 'DROP TABLE red_1h');
    await store.command('as before', 'DROP VIEW red_service_5m_of_red_1m');
    await store.command('as before', 'DROP TABLE red_service_5m');
    await insert('while there were none', 6_000, 30_000);
    const others = [1, 2].map(() =>
      createStore({ url: engine.url, database: 'hours', log: createLog('test', 'silent') }),
    );
    await Promise.all([store, ...others].map((each) => applySchema(each)));
    await Promise.all(others.map((each) => each.close()));
    await insert('afterwards', 6_000, 36_000);
    await applySchema(store);
    for (const range of [RANGE, WITHIN])
      expectAlike(await readServiceTotalsOfMinutes(store, range), await readServiceTotals(store, range));
  },
);

function sum(rows: { requests: number }[]): number {
  return rows.reduce((total, { requests }) => total + requests, 0);
}

/** Every number from `from` on is a span of its own, evenly over the range. */
async function insert(token: string, spans: number, from: number): Promise<void> {
  const stepMs = Math.floor((RANGE.toMs - RANGE.fromMs) / spans);
  const number = `(number + ${from})`;
  const segment = await makeSegment(engine.url, 'hours', 'spans', spans, {
    timestamp: `fromUnixTimestamp64Milli(toInt64(${RANGE.fromMs} + number * ${stepMs}), 'UTC')`,
    duration_ns: `toUInt64(8e6 * exp(cityHash64(${number}) % 1000 / 300))`,
    trace_id: `MD5(toString(${number}))`,
    service_name: `if(number % 50 = 0, 'script', concat('service-', toString(${number} % 3)))`,
    name: `concat('GET /', toString(cityHash64(${number}, 1) % 4))`,
    kind: `if(number % 50 = 0, 1, [2, 3, 5][cityHash64(${number}, 2) % 3 + 1])`,
    status_code: `if(cityHash64(${number}, 3) % 20 = 0, 2, 0)`,
    http_response_status_code: `[200, 404, 503][cityHash64(${number}, 4) % 3 + 1]`,
    peer_service: `if(cityHash64(${number}, 2) % 3 = 1, concat('peer-', toString(cityHash64(${number}, 5) % 2)), '')`,
  });
  await store.insertRowBinary('spans', segment, token);
}

interface Row {
  quantilesNs: number[];
}

/** Counts are the same, sketches within a few parts of a hundred. */
function expectAlike(got: Row[], expected: Row[]): void {
  const bare = (rows: Row[]) => rows.map((row) => ({ ...row, quantilesNs: row.quantilesNs.length }));
  expect(bare(got)).toEqual(bare(expected));
  got.forEach(({ quantilesNs }, row) =>
    quantilesNs.forEach((ns, level) =>
      expect(Math.abs(ns / expected[row]!.quantilesNs[level]! - 1)).toBeLessThan(0.05),
    ),
  );
}
