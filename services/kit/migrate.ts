import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';

/**
 * Applies the numbered SQL files of `directory` that the schema does not have yet, in one transaction, and returns their
 * names. Instances that start together take turns.
 */
export async function migrate(client: pg.PoolClient, schema: string, directory: string): Promise<string[]> {
  const files = readdirSync(directory)
    .filter((file) => /^\d{3}_\w+\.sql$/.test(file))
    .toSorted();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`switchyard.services.${schema}`]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${schema}.migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${schema}.migrations`);
    const applied = new Set(rows.map(({ name }) => name));
    const missing = files.filter((file) => !applied.has(file));
    for (const file of missing) {
      await client.query(readFileSync(path.join(directory, file), 'utf8'));
      await client.query(`INSERT INTO ${schema}.migrations (name) VALUES ($1)`, [file]);
    }
    await client.query('COMMIT');
    return missing;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
