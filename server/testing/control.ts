import { createDb } from '#server/db.ts';
import { createLog, type Log } from '#server/log.ts';
import { migrateControl } from '#server/migrate.ts';
import { startTestPostgres } from '#server/postgres/testing.ts';
import pg from 'pg';

export interface TestControl {
  url: string;
  db: ReturnType<typeof createDb>;
  log: Log;
  /** Runs SQL as the administrator. */
  sql: (text: string) => Promise<Record<string, unknown>[]>;
  stop: () => Promise<void>;
}

/** A migrated control database on a Postgres of its own. */
export async function startTestControl(): Promise<TestControl> {
  const postgres = await startTestPostgres();
  await migrateControl(postgres.url);
  const log = createLog('test', 'silent');
  const db = createDb(postgres.url, log);
  return {
    url: postgres.url,
    db,
    log,
    sql: async (text) => {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(text)).rows;
      } finally {
        await client.end();
      }
    },
    stop: async () => {
      await db.$disconnect();
      await postgres.stop();
    },
  };
}
