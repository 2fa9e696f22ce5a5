import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { makeSegment } from '#server/store/testing.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

const ROWS = 500;
const KILLS = 6;
const INSERTERS = 3;

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'crash', log: createLog('test', 'silent') });
  await applySchema(store);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

test('kill -9 during inserts: what was acknowledged is there, and replaying every token doubles nothing', async () => {
  // Rows of two days, so that an insert has two parts to be torn between.
  const segment = await makeSegment(engine.url, 'crash', 'spans', ROWS, {
    timestamp: `toDateTime64(today(), 9, 'UTC') + INTERVAL (number - ${ROWS / 2}) SECOND`,
    trace_id: 'MD5(toString(number))',
    service_name: `'payments'`,
  });
  const sent: string[] = [];
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const killed = new AbortController();
    const inserters = Array.from({ length: INSERTERS }, async () => {
      while (!killed.signal.aborted) {
        const token = `segment-${sent.length}`;
        sent.push(token);
        await store.insertRowBinary('spans', segment, token).then(
          () => acknowledged.push(token),
          () => undefined,
        );
      }
    });
    // Never before something was acknowledged, however slow the machine is today; then in the middle of what comes next.
    const acknowledgedBefore = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 10 }).toBeGreaterThan(acknowledgedBefore);
    await sleep(Math.random() * 150);
    await engine.kill();
    killed.abort();
    await Promise.all(inserters);
    await engine.restart();
    expect((await counts()).spans).toBeGreaterThanOrEqual(acknowledged.length * ROWS);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
  expect(sent.length).toBeGreaterThan(acknowledged.length);
  for (const token of sent) await store.insertRowBinary('spans', segment, token);
  const rows = sent.length * ROWS;
  expect(await counts()).toEqual({ spans: rows, red: rows, traces: ROWS });
}, 300_000);

async function counts() {
  const [row] = await store.query({
    name: 'counts',
    sql: `SELECT (SELECT count() FROM spans) AS spans, (SELECT sum(count) FROM red_1m) AS red, (SELECT uniqExact(trace_hash) FROM trace_times) AS traces`,
    row: z.object({ spans: z.number(), red: z.number(), traces: z.number() }),
  });
  return row!;
}
