import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from './client.ts';
import { expandMacros } from './macros.ts';
import { applySchema, schemaFiles, statements } from './migrate.ts';
import { TABLE_COLUMNS } from './tables.ts';

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'fresh', log: createLog('test', 'silent') });
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

test('a file is split into statements; a semicolon in a comment ends none', () => {
  expect(statements('-- about; this\nSELECT 1;\n\nSELECT 2;\n')).toEqual(['SELECT 1', 'SELECT 2']);
});

describe('applySchema', () => {
  test('creates the database and every table, and repeating it changes nothing', async () => {
    await applySchema(store);
    const first = await createdTables();
    await applySchema(store);
    expect(await createdTables()).toEqual(first);
    expect(first.map((table) => table.name)).toEqual(expect.arrayContaining(Object.keys(TABLE_COLUMNS)));
  });

  test('may be done by several processes at once', async () => {
    const stores = Array.from({ length: 4 }, () =>
      createStore({ url: engine.url, database: 'together', log: createLog('test', 'silent') }),
    );
    await Promise.all(stores.map((each) => applySchema(each)));
    await Promise.all(stores.map((each) => each.close()));
    const tables = await store.query({
      name: 'together',
      sql: `SELECT count() AS n FROM system.tables WHERE database = 'together'`,
      row: z.object({ n: z.number() }),
    });
    expect(tables).toEqual([{ n: (await createdTables()).length }]);
  });

  test('every column of TABLE_COLUMNS exists in its table', async () => {
    for (const [table, columns] of Object.entries(TABLE_COLUMNS)) {
      const found = await store.query({
        name: 'columns',
        sql: 'SELECT name FROM system.columns WHERE database = {database:String} AND table = {table:String}',
        params: { database: 'fresh', table },
        row: z.object({ name: z.string() }),
      });
      expect(found.map((column) => column.name)).toEqual(expect.arrayContaining([...columns]));
    }
  });

  test('the schema is there after a restart', async () => {
    const before = await createdTables();
    await engine.restart();
    expect(await createdTables()).toEqual(before);
  });
});

test('every statement parses in the form for a cluster, and goes to all of it', async () => {
  for (const file of schemaFiles()) {
    const text = readFileSync(path.join(import.meta.dirname, 'schema', file), 'utf8');
    for (const statement of statements(text)) {
      const [formatted] = await store.query({
        name: file,
        sql: 'SELECT formatQuery({sql:String}) AS sql',
        params: { sql: expandMacros(statement, { database: 'fresh', cluster: 'main', shardsDatabase: 'fresh_shard' }) },
        row: z.object({ sql: z.string() }),
      });
      // Rows that move from one table to another do so on each shard that has them: a statement of its own there.
      if (!statement.startsWith('INSERT')) expect(formatted!.sql, file).toMatch(/ON CLUSTER main\b/);
    }
  }
});

function createdTables() {
  return store.query({
    name: 'tables',
    sql: `SELECT name, create_table_query FROM system.tables WHERE database = 'fresh' ORDER BY name`,
    row: z.object({ name: z.string(), create_table_query: z.string() }),
  });
}
