import pg from 'pg';
import { createTurns } from '#server/turns.ts';
import { ensureReader, refreshGrants } from './ensure-reader.ts';
import { executeCheck, type CheckOutcome } from './execute-check.ts';
import type { CheckDefinition } from './parse-check-file.ts';

/** Checks read other people's tables: a few at a time are enough. */
const AT_ONCE_MAX = 2;
const STATEMENT_TIMEOUT_MS = 10_000;

export interface WatchedDatabase {
  /** Runs the check's SQL; what goes wrong is an outcome, never a throw. */
  execute: (check: CheckDefinition, known: ReadonlySet<string>) => Promise<CheckOutcome>;
  isRunning: (name: string) => boolean;
}

export interface WatchedDatabaseOptions {
  /** May create roles; used to set the reader up. */
  adminUrl: string;
  /** The login of a reader that somebody else set up. */
  readerUrl?: string | undefined;
}

/** The services' schemas, read as a role that may do nothing else, in a transaction that may do nothing else. */
export function openWatchedDatabase({ adminUrl, readerUrl }: WatchedDatabaseOptions): WatchedDatabase {
  const turns = createTurns(AT_ONCE_MAX);
  const running = new Map<string, number>();
  let login: Promise<string> | null = null;

  const findLogin = async (): Promise<string> => {
    if (readerUrl) return readerUrl;
    if (login) {
      // Grants are to a role: not before it is there.
      await login;
      await refreshGrants(adminUrl);
    }
    // Kept only when it worked: Postgres may be away for now.
    login ??= ensureReader(adminUrl).catch((error: unknown) => {
      login = null;
      throw error;
    });
    return login;
  };
  const execute: WatchedDatabase['execute'] = async (check, known) => {
    try {
      const url = await findLogin();
      return await readOnly(url, (client) => executeCheck(client, check, known));
    } catch (error) {
      return { status: 'failed', error: error instanceof Error ? error.message : String(error), code: codeOf(error) };
    }
  };
  return {
    isRunning: (name) => running.has(name),
    execute: async (check, known) => {
      running.set(check.name, (running.get(check.name) ?? 0) + 1);
      try {
        return await turns.take(() => execute(check, known));
      } finally {
        const left = running.get(check.name)! - 1;
        if (left > 0) running.set(check.name, left);
        else running.delete(check.name);
      }
    },
  };
}

/** A connection for one run: whatever the SQL set or locked ends with it. */
async function readOnly<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 3_000,
    // Over the server's own limit, so that it is the server that gives up, and says why.
    query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
    application_name: 'switchyard-integrity',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function codeOf(error: unknown): string | null {
  return (error as { code?: string } | null)?.code ?? null;
}
