import { createHmac } from 'node:crypto';
import pg from 'pg';
import { AppError } from '#server/errors.ts';

export const READER_ROLE = 'switchyard_readonly';
/** Any number that nobody else uses: consoles that start together take turns. */
const LOCK = 7_305_482;
const INSUFFICIENT_PRIVILEGE = '42501';
const SETTINGS = {
  default_transaction_read_only: 'on',
  statement_timeout: '10s',
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '30s',
};

/**
 * Creates the role that checks run as, lets it read what there is, and returns how to log in as it. The password follows from
 * that of `adminUrl`: consoles that share a database agree on it without sharing a file.
 */
export async function ensureReader(adminUrl: string): Promise<string> {
  const url = new URL(adminUrl);
  const key = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const password = createHmac('sha256', key).update(READER_ROLE).digest('base64url');
  await asAdmin(adminUrl, async (client) => {
    await createRole(client, password);
    await grantMissing(client);
  });
  url.username = READER_ROLE;
  url.password = password;
  return url.href;
}

/** Lets the reader read what was made since the last time; writes nothing when nothing was. */
export function refreshGrants(adminUrl: string): Promise<void> {
  return asAdmin(adminUrl, grantMissing);
}

async function asAdmin(adminUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 3_000, query_timeout: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await work(client);
    await client.query('COMMIT');
  } catch (cause) {
    if ((cause as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw cause;
    throw new AppError(
      'UNAVAILABLE',
      `The role ${READER_ROLE} could not be set up: ${(cause as Error).message}. Create a role that may only read, and set INTEGRITY_DATABASE_URL to its login.`,
      { cause },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

async function createRole(client: pg.Client, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [READER_ROLE]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${READER_ROLE} CONNECTION LIMIT 20`);
  const attributes = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS';
  await client.query(`ALTER ROLE ${READER_ROLE} ${attributes} PASSWORD ${pg.escapeLiteral(password)}`);
  for (const [setting, value] of Object.entries(SETTINGS))
    await client.query(`ALTER ROLE ${READER_ROLE} SET ${setting} = ${pg.escapeLiteral(value)}`);
}

/** Schemas that a service made and their tables and views, as far as the reader cannot read them yet. */
const MISSING_GRANTS = `
  WITH watched AS (
    SELECT oid, nspname FROM pg_namespace
    WHERE nspname <> 'control' AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
  )
  SELECT format('GRANT USAGE ON SCHEMA %I TO ${READER_ROLE}', nspname) AS statement
  FROM watched WHERE NOT has_schema_privilege('${READER_ROLE}', oid, 'USAGE')
  UNION ALL
  SELECT format('GRANT SELECT ON %I.%I TO ${READER_ROLE}', nspname, relname)
  FROM pg_class JOIN watched ON watched.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT has_table_privilege('${READER_ROLE}', pg_class.oid, 'SELECT')`;

async function grantMissing(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(MISSING_GRANTS);
  for (const { statement } of rows) await client.query(statement);
}
