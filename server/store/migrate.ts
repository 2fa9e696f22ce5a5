import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import type { Store } from './client.ts';
import { expandMacros, type Topology } from './macros.ts';
import { shardsDatabase } from './topology.ts';

const SCHEMA_DIR = path.join(import.meta.dirname, 'schema');

/** Creates the database and applies every schema file in the order of its number; harmless to repeat. */
export async function applySchema(store: Store): Promise<void> {
  const { database, cluster } = store;
  await store.createDatabase(expandMacros('CREATE DATABASE IF NOT EXISTS @db @on_cluster', { database, cluster }));
  const topology = { database, cluster, shardsDatabase: await findShardsDatabase(store) };
  await store.createDatabase(expandMacros('CREATE DATABASE IF NOT EXISTS @db @on_cluster', topology));
  for (const file of schemaFiles()) {
    const text = readFileSync(path.join(SCHEMA_DIR, file), 'utf8');
    if (await isDone(store, topology, text)) continue;
    for (const statement of statements(text)) await apply(store, file, expandMacros(statement, topology));
  }
}

async function apply(store: Store, file: string, sql: string): Promise<void> {
  if (sql === '') return;
  // What is refused here is no failure of the process.
  const quietly = suppressTracing(context.active());
  try {
    await context.with(quietly, () => store.command(file, sql));
  } catch (error) {
    if (!isWithoutTtl(sql, error)) throw error;
  }
}

/** There is no REMOVE TTL IF EXISTS, and of several processes at once one is the first. */
function isWithoutTtl(sql: string, error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return sql.endsWith('REMOVE TTL') && cause instanceof Error && /doesn't have any table TTL/.test(cause.message);
}

/** A cluster that was begun before there were shards keeps its rows in the database that is asked, and stays as it is. */
async function findShardsDatabase(store: Store): Promise<string> {
  if (store.cluster === undefined) return store.database;
  const found = await store.query({
    name: 'schema-shards',
    sql: `SELECT name FROM system.tables WHERE database = {database:String} AND name = 'spans' AND engine <> 'Distributed'`,
    params: { database: store.database },
    row: z.object({ name: z.string() }),
  });
  return found.length > 0 ? store.database : shardsDatabase(store);
}

/** A file that cannot be repeated says in its first line by which column it is known that it has been applied. */
async function isDone(store: Store, { database, shardsDatabase: home }: Topology, text: string): Promise<boolean> {
  const [, table, column] = /^-- once: until (\w+)\.(\w+) is there$/m.exec(text) ?? [];
  if (table === undefined) return false;
  const found = await store.query({
    name: 'schema-column',
    sql: `SELECT name FROM system.columns
      WHERE database = {database:String} AND table = {table:String} AND name = {column:String}`,
    params: { database: home ?? database, table, column },
    row: z.object({ name: z.string() }),
  });
  return found.length > 0;
}

export function schemaFiles(): string[] {
  return readdirSync(SCHEMA_DIR)
    .filter((file) => /^\d{3}_\w+\.sql$/.test(file))
    .toSorted();
}

/** The statements of a file; comments are dropped, because a macro's name or a semicolon may stand in one. */
export function statements(text: string): string[] {
  return text
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
