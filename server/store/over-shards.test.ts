import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { searchLogs } from '#server/logs/search-logs.ts';
import { createLog } from '#server/log.ts';
import { getSeries } from '#server/services/get-series.ts';
import { listServices } from '#server/services/list-services.ts';
import { getTopology } from '#server/topology/get-topology.ts';
import { getTrace } from '#server/traces/get-trace.ts';
import { GetTraceInput, SearchTracesInput } from '#server/traces/schema.ts';
import { searchTraces } from '#server/traces/search-traces.ts';
import { createStore, type Store } from './client.ts';
import { expandMacros } from './macros.ts';
import { applySchema, schemaFiles, statements } from './migrate.ts';
import { readTraceColumns } from './queries/trace-outline.ts';
import { insertLogs, insertSpans, type TestSpan } from './queries/testing.ts';
import type { DistributedReport } from './testing/distributed-store.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / MINUTE) * MINUTE;
const range = { fromMs: NOW - 120 * MINUTE, toMs: NOW };
const now = () => new Date(NOW);
const SHARDS = [0, 1] as const;
const TRACES = 40;

/** The key by which each table is cut, as the schema says. */
const keys = new Map<string, string>();
let engine: TestEngine;
let one: Store;
let all: Store;
let shards: Store[];

/**
 * A cluster as one engine can have it: a database for each shard, filled with the rows that its key would send there, and
 * tables over both that read as Distributed does. What the double leaves out is the network between them.
 */
beforeAll(async () => {
  engine = await startTestEngine();
  const open = (database: string) => createStore({ url: engine.url, database, log: createLog('test', 'silent') });
  one = open('one');
  all = open('all');
  shards = SHARDS.map((shard) => open(`all_shard_${shard}`));
  await applySchema(one);
  for (const store of [all, ...shards]) await store.createDatabase(`CREATE DATABASE ${store.database}`);
  for (const store of shards) {
    const over_shards = (argument: string) => {
      const [table, ...key] = argument.split(',').map((part) => part.trim());
      keys.set(table!, `sipHash64(${key.join(', ')})`);
      return `CREATE OR REPLACE TABLE all.${table} AS ${store.database}.${table} ENGINE = Merge(REGEXP('^all_shard_'), '^${table}$')`;
    };
    for (const statement of allStatements()) {
      if (statement.endsWith('REMOVE TTL') || /^ALTER TABLE @db.samples @on_cluster RENAME/.test(statement)) continue;
      await store.command('double', expandMacros(statement, { database: store.database }, { over_shards }));
    }
  }
  await fill(one);
  for (const table of ['spans', 'logs']) {
    for (const [shard, store] of shards.entries()) {
      const cut = `${keys.get(table)} % ${SHARDS.length} = ${shard}`;
      await store.command('cut', `INSERT INTO ${table} SELECT * FROM one.${table} WHERE ${cut}`);
    }
  }
});
afterAll(async () => {
  await Promise.all([one, all, ...(shards ?? [])].map((store) => store?.close()));
  await engine?.stop();
});

function allStatements(): string[] {
  return schemaFiles().flatMap((file) =>
    statements(readFileSync(path.join(import.meta.dirname, 'schema', file), 'utf8')),
  );
}

/** Purchases over three services, one in five of which fails in the last. */
async function fill(store: Store): Promise<void> {
  const spans = Array.from({ length: TRACES }, (_, index): TestSpan[] => {
    const trace = (index + 1).toString(16).padStart(32, 'ab');
    const atMs = NOW - (index + 1) * 2 * MINUTE;
    const id = (part: number) => `${part}${index.toString(16).padStart(15, '0')}`;
    const error = index % 5 === 0;
    const of = { trace, atMs, error };
    return [
      { ...of, id: id(1), service: 'gateway', name: 'POST /api/orders', ms: 120 + index, http: error ? 502 : 201 },
      { ...of, id: id(2), parent: id(1), service: 'orders', kind: 'client', name: 'POST', peer: 'payments', ms: 80 },
      { ...of, id: id(3), parent: id(2), service: 'payments', name: 'POST /payments', ms: 60, http: error ? 500 : 200 },
    ];
  }).flat();
  await insertSpans(store, spans);
  await insertLogs(
    store,
    spans.map(({ atMs, service, trace, error }, index) => ({
      atMs: atMs + index,
      service,
      body: error ? `refused ${index}` : `took ${index}`,
      // Half of the lines belong to no trace.
      ...(index % 2 === 0 && trace !== undefined && { trace }),
    })),
  );
}

const rows = async (store: Store, sql: string) => {
  const [row] = await store.query({ name: 'test', sql, row: z.object({ n: z.number() }) });
  return row!.n;
};

const named = (store: Store) =>
  store.query({
    name: 'test',
    sql: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine <> 'MaterializedView' ORDER BY name`,
    row: z.object({ name: z.string() }),
  });

describe('rows over two shards', () => {
  test('lie on both, each once, and the spans of a trace on one', async () => {
    for (const table of ['spans', 'logs']) {
      const parts = await Promise.all(shards.map((store) => rows(store, `SELECT count() AS n FROM ${table}`)));
      expect(Math.min(...parts), table).toBeGreaterThan(0);
      expect(parts[0]! + parts[1]!, table).toBe(await rows(one, `SELECT count() AS n FROM ${table}`));
      expect(await rows(all, `SELECT count() AS n FROM ${table}`), table).toBe(parts[0]! + parts[1]!);
    }
    const traces = 'SELECT uniqExact(trace_id) AS n FROM spans';
    const apart = await Promise.all(shards.map((store) => rows(store, traces)));
    expect(apart[0]! + apart[1]!).toBe(TRACES);
  });

  test('every table of a shard is asked and inserted into under its own name', async () => {
    expect(await named(all)).toEqual(await named(shards[0]!));
    expect([...keys.keys()].toSorted()).toEqual((await named(all)).map(({ name }) => name));
  });

  test('a row goes where its own columns say, never by chance or the clock', () => {
    for (const key of keys.values()) expect(key).not.toMatch(/rand|now|generate/i);
  });

  test.each<[string, (store: Store) => Promise<unknown>]>([
    [
      'traces that failed',
      (store) => searchTraces({ store }, SearchTracesInput.parse({ range, errorsOnly: true, limit: 20 })),
    ],
    ['one trace', (store) => getTrace({ store }, GetTraceInput.parse({ traceId: '7'.padStart(32, 'ab') }))],
    ['one trace in outline', (store) => readTraceColumns(store, '7'.padStart(32, 'ab'), 100)],
    ['the map', (store) => getTopology({ store, now }, { range })],
    ['services', (store) => listServices({ store, now }, { range })],
    ['a service by the minute', (store) => getSeries({ store, now }, { service: 'payments', range, buckets: 30 })],
    ['lines with a text', (store) => searchLogs({ store }, { range, text: 'refused', fields: [], limit: 50 })],
  ])('answer as those of one node: %s', async (_, ask) => {
    const answer = await ask(one);
    expect(JSON.stringify(answer).length).toBeGreaterThan(200);
    expect(await ask(all)).toEqual(answer);
  });
});

test('the server takes the tables as Distributed, and a segment through one of them counts once, with what is derived from it', async () => {
  const script = path.join(import.meta.dirname, 'testing/distributed-store.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    timeout: 60_000,
  });
  const { engines, ...came } = JSON.parse(stdout) as DistributedReport;
  expect(came).toEqual({ differing: [], spans: 10, rollup: 10, sample: 2.5, nested: 10 });
  expect(Object.keys(engines).toSorted()).toEqual([...keys.keys()].toSorted());
  expect(engines.spans).toBe("Distributed('two', 'all_shard', 'spans', sipHash64(trace_id))");
});
