import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Store } from './client.ts';
import { expandMacros, type Topology } from './macros.ts';

const SCHEMA_DIR = path.join(import.meta.dirname, 'schema');

/** Creates the database and applies every schema file in the order of its number; harmless to repeat. */
export async function applySchema(store: Store, env: { CLICKHOUSE_CLUSTER?: string | undefined } = {}): Promise<void> {
  const topology: Topology = { database: store.database, cluster: env.CLICKHOUSE_CLUSTER };
  await store.createDatabase(expandMacros('CREATE DATABASE IF NOT EXISTS @db @on_cluster', topology));
  for (const file of schemaFiles()) {
    const text = readFileSync(path.join(SCHEMA_DIR, file), 'utf8');
    if (await isDone(store, text)) continue;
    for (const statement of statements(text)) await store.command(file, expandMacros(statement, topology));
  }
}

/** A file that cannot be repeated says in its first line by which column it is known that it has been applied. */
async function isDone(store: Store, text: string): Promise<boolean> {
  const [, table, column] = /^-- once: until (\w+)\.(\w+) is there$/m.exec(text) ?? [];
  if (table === undefined) return false;
  const found = await store.query({
    name: 'schema-column',
    sql: `SELECT name FROM system.columns
      WHERE database = {database:String} AND table = {table:String} AND name = {column:String}`,
    params: { database: store.database, table, column },
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
