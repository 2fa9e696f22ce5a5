import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { procedure, router } from '#server/trpc/init.ts';
import { createExplainRouter } from '#server/trpc/routers/explain.ts';

const Row = z.object({ n: z.number() });
const things = router({
  things: router({
    count: procedure.input(z.object({ upTo: z.number() })).query(async ({ ctx, input }) => {
      const [row] = await ctx.store.query({
        name: 'count-of-things',
        sql: `
          SELECT count() AS n
          FROM things
            WHERE number < {upTo:UInt64}`,
        params: input,
        row: Row,
      });
      return row!.n;
    }),
    broken: procedure.query(({ ctx }) =>
      ctx.store.query({ name: 'broken', sql: 'SELECT nothing FROM nowhere', row: Row }),
    ),
    drop: procedure.mutation(({ ctx }) => ctx.store.command('drop', 'DROP TABLE things')),
  }),
});

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'default', log: createLog('test', 'silent') });
  await store.command(
    'things',
    'CREATE TABLE things (number UInt64) ENGINE = MergeTree ORDER BY number SETTINGS index_granularity = 100',
  );
  await store.command('things', 'INSERT INTO things SELECT number FROM numbers(1000)');
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const explain = (path: string, input: unknown) =>
  createExplainRouter(things)
    .createCaller({ store, log: createLog('test', 'silent') } as Ctx)
    .query({ path, input });

it('tells the statements of a question, with what they read', async () => {
  const { statements, fault } = await explain('things.count', { upTo: 50 });
  expect(fault).toBeNull();
  expect(statements).toMatchObject([
    {
      name: 'count-of-things',
      sql: 'SELECT count() AS n\nFROM things\n  WHERE number < {upTo:UInt64}',
      params: { upTo: '50' },
      reads: [{ table: 'things', parts: 1, rows: 100 }],
    },
  ]);
});

it('tells the statement of a question that fails, and why it did', async () => {
  const { statements, fault } = await explain('things.broken', undefined);
  expect(statements).toMatchObject([{ name: 'broken', reads: null }]);
  expect(fault).toBeTruthy();
});

it.each(['things.drop', 'things.nothing', 'things.constructor', 'explain.query'])('does not ask %s', async (path) => {
  await expect(explain(path, undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('passes on what the question has against its input', async () => {
  const { statements, fault } = await explain('things.count', { upTo: 'many' });
  expect(statements).toEqual([]);
  expect(fault).toMatch(/upTo|number/);
});
