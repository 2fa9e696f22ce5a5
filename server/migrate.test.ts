import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '#server/postgres/create-database.ts';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { migrateControl, writeSchemaSql } from './migrate.ts';

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

it('applies each migration once, also when two processes start at the same time', async () => {
  const applied = await Promise.all([migrateControl(postgres.url), migrateControl(postgres.url)]);
  expect(applied.flat()).toContain('20261121000000_control');
  expect(new Set(applied.flat()).size).toBe(applied.flat().length);
  expect(await migrateControl(postgres.url)).toEqual([]);
});

it('leaves a database that is what schema.prisma says', async () => {
  await migrateControl(postgres.url);
  const other = await createDatabase(postgres.url, 'drift');
  const sql = await writeSchemaSql(other);
  await query(other, sql);
  expect(await describeSchema(postgres.url)).toEqual(await describeSchema(other));
});

it('puts everything of ours into schema control, and nothing beside it', async () => {
  await migrateControl(postgres.url);
  const schemas = `SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
  expect(await query(postgres.url, schemas)).toEqual([{ schemaname: 'control' }]);
});

it('works beside tables that are not ours', async () => {
  const shared = await createDatabase(postgres.url, 'shared');
  await query(shared, 'CREATE TABLE public.theirs (id int)');
  expect(await migrateControl(shared)).toContain('20261121000000_control');
});

it('says what failed when there is no server', async () => {
  await expect(migrateControl('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(
    /could not be migrated: .*ECONNREFUSED/,
  );
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Columns, indexes, constraints and enum values of schema control, as Postgres prints them. */
async function describeSchema(url: string): Promise<unknown> {
  return {
    columns: await query(
      url,
      `SELECT table_name, column_name, udt_name, is_nullable, column_default FROM information_schema.columns
       WHERE table_schema = 'control' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`,
    ),
    indexes: await query(
      url,
      `SELECT indexdef FROM pg_indexes WHERE schemaname = 'control' AND tablename <> '_prisma_migrations' ORDER BY 1`,
    ),
    constraints: await query(
      url,
      `SELECT conrelid::regclass::text AS of, conname, pg_get_constraintdef(oid) AS def FROM pg_constraint
       WHERE connamespace = 'control'::regnamespace AND conrelid::regclass::text NOT LIKE '%_prisma_migrations' ORDER BY 1, 2`,
    ),
    enums: await query(
      url,
      `SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid ORDER BY 1, enumsortorder`,
    ),
  };
}
