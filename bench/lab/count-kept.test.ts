import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { ask } from './ask.ts';
import { countKept } from './count-kept.ts';

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'switchyard', log: createLog('test', 'silent') });
  await applySchema(store);
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

/** Spans with the numbers from..to-1, a trace for each hundred of them. */
async function insertSpans(from: number, to: number): Promise<void> {
  await ask(
    engine.url,
    `INSERT INTO spans (timestamp, trace_id, span_id, service_name, name)
      SELECT now64(9), reinterpretAsFixedString(sipHash128(intDiv(number, 100))), reinterpretAsFixedString(number + 1), 'crash', 'operation'
      FROM numbers(${from}, ${to - from})`,
  );
}

it(
  'counts what is lost, doubled and unacknowledged, in the table and in its rollups',
  { timeout: 60_000 },
  async () => {
    const acked = new Set([0, 1, 2]);
    await insertSpans(0, 300);
    expect(await countKept(engine.url, 'spans', acked)).toEqual({
      lost: 0,
      duplicated: 0,
      rollupLost: 0,
      rollupDuplicated: 0,
      unacknowledged: 0,
    });

    await insertSpans(290, 310);
    expect(await countKept(engine.url, 'spans', acked)).toMatchObject({ lost: 0, duplicated: 10, unacknowledged: 10 });

    await ask(engine.url, 'TRUNCATE TABLE red_1h');
    expect(await countKept(engine.url, 'spans', acked)).toMatchObject({ rollupLost: 320, rollupDuplicated: 0 });
    await ask(engine.url, 'TRUNCATE TABLE red_1m');
    await ask(engine.url, 'TRUNCATE TABLE red_service_5m');
    await ask(engine.url, 'TRUNCATE TABLE trace_times');
    expect(await countKept(engine.url, 'spans', acked)).toMatchObject({
      rollupLost: 320 + 320 + 320 + 4,
      rollupDuplicated: 0,
    });

    await ask(engine.url, 'TRUNCATE TABLE spans');
    await ask(
      engine.url,
      `INSERT INTO red_1m (minute, service_name, name, count) SELECT toStartOfMinute(now()), 'crash', 'operation', 7`,
    );
    expect(await countKept(engine.url, 'spans', acked)).toMatchObject({
      lost: 300,
      rollupLost: 0,
      // The minutes, and the hours and services that are made of them.
      rollupDuplicated: 7 + 7 + 7,
    });
  },
);
