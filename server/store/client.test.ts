import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from './client.ts';
import { applySchema } from './migrate.ts';
import { isRetryable } from './store-error.ts';

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'client', log: createLog('test', 'silent') });
  await applySchema(store);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const Count = z.object({ n: z.number() });

describe('query', () => {
  test('binds parameters, runs in its database, and gives rows as the schema parses them', async () => {
    const rows = await store.query({
      name: 'test',
      sql: 'SELECT currentDatabase() AS db, {text:String} AS text, count() AS spans, toUInt64(9007199254740991) AS big FROM spans',
      params: { text: "it's\n{x}" },
      row: z.object({
        db: z.string(),
        text: z.string().transform((text) => text.length),
        spans: z.number(),
        big: z.number(),
      }),
    });
    expect(rows).toEqual([{ db: 'client', text: 8, spans: 0, big: 9007199254740991 }]);
  });

  test('nothing measured is null, not a number', async () => {
    const row = z.object({ average: z.number().nullable(), p: z.number().nullable() });
    const sql = 'SELECT avg(duration_ns) AS average, quantile(0.5)(duration_ns) AS p FROM spans';
    expect(await store.query({ name: 'empty', sql, row })).toEqual([{ average: null, p: null }]);
  });

  test('rows of another shape are an error that names the query and the column', async () => {
    const query = store.query({ name: 'shape', sql: `SELECT 'x' AS n`, row: Count });
    await expect(query).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringMatching(/shape.*n/) });
  });

  test('a question that takes too long or answers too much says so', async () => {
    const slow = store.query({
      name: 'slow',
      sql: 'SELECT sum(sipHash64(number)) AS n FROM numbers(1e12)',
      row: Count,
      maxSeconds: 1,
    });
    await expect(slow).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining('shorter time range'),
    });
    const long = store.query({ name: 'long', sql: 'SELECT number AS n FROM numbers(11)', row: Count, limitRows: 10 });
    await expect(long).rejects.toMatchObject({ code: 'TOO_LARGE', message: expect.stringContaining('long') });
    expect(
      await store.query({ name: 'fits', sql: 'SELECT number AS n FROM numbers(10)', row: Count, limitRows: 10 }),
    ).toHaveLength(10);
  });

  test('is tagged with its name and bounded, as the store itself sees it', async () => {
    const row = z.object({ tag: z.string(), seconds: z.number() });
    const sql = `SELECT getSetting('log_comment') AS tag, toFloat64(getSetting('max_execution_time')) AS seconds`;
    expect(await store.query({ name: 'who', sql, row })).toEqual([{ tag: 'who', seconds: 15 }]);
  });

  test('ends when its asker no longer waits', async () => {
    const leaving = new AbortController();
    const sql = 'SELECT sum(sipHash64(number)) AS n FROM numbers(1e12)';
    const asked = store.query({ name: 'left', sql, row: Count, signal: leaving.signal });
    setTimeout(() => leaving.abort(new Error('closed the page')), 100);
    await expect(asked).rejects.toThrow('closed the page');
  });

  test('many at once are all answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        store.query({ name: 'many', sql: 'SELECT {n:UInt32} AS n', params: { n }, row: Count }),
      ),
    );
    expect(answers.flat().map((row) => row.n)).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });
});

describe('queryNative', () => {
  test('gives the bytes of the columns', async () => {
    const sql = 'SELECT toFloat64(number) + {add:Float64} AS n FROM numbers(3)';
    const bytes = Buffer.concat(await store.queryNative({ name: 'native', sql, params: { add: 0.5 } }));
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([1, 3]));
    expect(bytes.subarray(-24)).toEqual(Buffer.from(new Float64Array([0.5, 1.5, 2.5]).buffer));
  });

  test('is bounded like any other, and ends when its asker no longer waits', async () => {
    const long = store.queryNative({ name: 'long', sql: 'SELECT number FROM numbers(11)', limitRows: 10 });
    await expect(long).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const wide = store.queryNative({
      name: 'wide',
      sql: 'SELECT groupArray(number) FROM numbers(100000)',
      limitBytes: 1000,
    });
    await expect(wide).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const leaving = new AbortController();
    const sql = 'SELECT sum(sipHash64(number)) AS n FROM numbers(1e12)';
    const asked = store.queryNative({ name: 'left', sql, signal: leaving.signal });
    setTimeout(() => leaving.abort(new Error('closed the page')), 100);
    await expect(asked).rejects.toThrow('closed the page');
  });
});

test('a crash of the engine is an error worth a retry, and the same store works when it is back', async () => {
  await store.ping();
  await engine.kill();
  const error = await store.ping().catch((cause: unknown) => cause);
  expect(isRetryable(error)).toBe(true);
  await expect(store.query({ name: 'gone', sql: 'SELECT 1 AS n', row: Count })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('Is the engine running'),
  });
  await expect(store.insertRowBinary('samples', Buffer.alloc(8), 'gone')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  await engine.restart();
  await store.ping();
  expect(await store.query({ name: 'back', sql: 'SELECT count() AS n FROM spans', row: Count })).toEqual([{ n: 0 }]);
});
