import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import { SchemaEngine, type MigrationList } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { readEnv } from '#server/env.ts';
import { AppError } from '#server/errors.ts';

const PRISMA_DIR = path.join(import.meta.dirname, '../prisma');
const MIGRATIONS_DIR = path.join(PRISMA_DIR, 'migrations');
/** Any number that nobody else uses: two processes that migrate at once take turns. */
const MIGRATION_LOCK = 7_305_481;

/**
 * Applies the migrations of prisma/migrations that `databaseUrl` does not have yet, as `prisma migrate deploy` does, and
 * returns their names. It uses Prisma's engine from npm, because the CLI's own is a download.
 */
export async function migrateControl(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('CREATE SCHEMA IF NOT EXISTS control');
    return await withSchemaEngine(databaseUrl, 'control', async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: readMigrations(),
        filters: { externalTables: [], externalEnums: [] },
      });
      return appliedMigrationNames;
    });
  } catch (cause) {
    throw new AppError('UNAVAILABLE', `The control database could not be migrated: ${messageOf(cause)}`, { cause });
  } finally {
    await client.end().catch(() => {});
  }
}

/** `home` is the schema that the engine looks at when it asks whether a database is empty; SQL leaves its name out. */
async function withSchemaEngine<T>(
  databaseUrl: string,
  home: 'control' | 'public',
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  // The engine takes an advisory lock and leaves it to the end of the connection: the pool must not outlive the work.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, options: '-c search_path=control' });
  pool.on('error', () => {});
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool, { schema: home }));
    return await work(await SchemaEngine.new({ datamodels: [['schema.prisma', readDatamodel()]] }, () => {}, adapter));
  } finally {
    await pool.end();
  }
}

/** The SQL that makes an empty database what schema.prisma says. */
export async function writeSchemaSql(databaseUrl: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: readDatamodel() }];
  const diff = await withSchemaEngine(databaseUrl, 'public', (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return diff.stdout ?? '';
}

function readDatamodel(): string {
  return readFileSync(path.join(PRISMA_DIR, 'schema.prisma'), 'utf8');
}

function readMigrations(): MigrationList {
  const directories = readdirSync(MIGRATIONS_DIR, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(path.join(MIGRATIONS_DIR, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: directories.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(path.join(MIGRATIONS_DIR, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (import.meta.main) {
  const applied = await migrateControl(readEnv().DATABASE_URL);
  const said = applied.length === 0 ? 'The control database is up to date.\n' : `Applied ${applied.join(', ')}.\n`;
  // The engine keeps a connection until it has idled for ten seconds; whoever waits for us should not.
  process.stdout.write(said, () => process.exit(0));
}
