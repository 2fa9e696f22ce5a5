import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from './client.ts';
import { applySchema } from './migrate.ts';
import { IN_WINDOW, windowParams } from './queries/span-conditions.ts';
import { makeSegment } from './testing.ts';

const MINUTE = 60_000;
const SPANS = 120_000;
const FROM = (Math.floor(Date.now() / 86_400_000) - 1) * 86_400_000;
/** Two hours in, twelve minutes long: a tenth of what there is. */
const range = { fromMs: FROM + 67 * MINUTE, toMs: FROM + 79 * MINUTE };

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'keys', log: createLog('test', 'silent') });
  await applySchema(store);
  const common = {
    timestamp: `fromUnixTimestamp64Milli(toInt64(${FROM} + number * ${(120 * MINUTE) / SPANS}), 'UTC')`,
    trace_id: `MD5(toString(intDiv(number, 4)))`,
    service_name: `concat('service-', toString(number % 4))`,
  };
  const spans = { ...common, name: `concat('GET /', toString(number % 700))`, kind: '2' };
  await store.insertRowBinary('spans', await makeSegment(engine.url, 'keys', 'spans', SPANS, spans), 'spans');
  await store.insertRowBinary('logs', await makeSegment(engine.url, 'keys', 'logs', SPANS, common), 'logs');
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const MINUTES_IN_WINDOW =
  'minute >= fromUnixTimestamp64Milli({from:Int64}) AND minute < fromUnixTimestamp64Milli({to:Int64})';

test.each([
  ['spans', IN_WINDOW],
  ['logs', IN_WINDOW],
  ['red_1m', MINUTES_IN_WINDOW],
])('a window of %s finds its stretch by the primary key', async (table, window) => {
  const [all, read] = [await rowsRead(table, '1'), await rowsRead(table, window)];
  expect(all).toBeGreaterThan(50_000);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(all * 0.6);
});

async function rowsRead(table: string, condition: string): Promise<number> {
  const [row] = await store.query({
    name: 'estimate',
    sql: `SELECT sum(rows) AS rows
      FROM viewExplain('EXPLAIN ESTIMATE', '', (SELECT any(service_name) FROM ${table} WHERE ${condition}))`,
    params: windowParams(range),
    row: z.object({ rows: z.number() }),
  });
  return row!.rows;
}
