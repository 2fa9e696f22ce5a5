import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';

/**
 * Applies the numbered SQL files of `directories` that the schema does not have yet, in one transaction, and returns their
 * names, of which no two may be the same. Instances that start together take turns.
 */
export async function migrate(client: pg.PoolClient, schema: string, ...directories: string[]): Promise<string[]> {
  const files = directories.flatMap((directory) =>
    readdirSync(directory)
      .filter((file) => /^\d{3}_\w+\.sql$/.test(file))
      .toSorted()
      .map((name) => ({ name, file: path.join(directory, name) })),
  );
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`switchyard.services.${schema}`]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${schema}.migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${schema}.migrations`);
    const applied = new Set(rows.map(({ name }) => name));
    const missing = files.filter(({ name }) => !applied.has(name));
    for (const { name, file } of missing) {
      await client.query(readFileSync(file, 'utf8'));
      await client.query(`INSERT INTO ${schema}.migrations (name) VALUES ($1)`, [name]);
    }
    await client.query('COMMIT');
    return missing.map(({ name }) => name);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
