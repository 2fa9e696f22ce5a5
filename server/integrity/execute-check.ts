import pg from 'pg';
import type { CheckDefinition } from './parse-check-file.ts';

/** Violations beyond this are counted, not told apart. */
export const KEYS_MAX = 10_000;
/** Rows that are kept to look at. */
export const SAMPLES_MAX = 100;
const VALUE_CHARS_MAX = 500;
const COLUMNS_MAX = 40;

export type CheckOutcome =
  /** `code` is Postgres's SQLSTATE, or null when it was not Postgres that failed. */
  | { status: 'failed'; error: string; code: string | null }
  | {
      status: 'passed' | 'violated';
      total: number;
      /** Digests of the key columns, at most KEYS_MAX. */
      keys: string[];
      /** At most SAMPLES_MAX rows, those that are not in `known` first; values as text. */
      samples: Map<string, Record<string, string | null>>;
    };

/** Runs a check's SQL in the given transaction: counts its rows, tells them apart by their key, and keeps some to look at. */
export async function executeCheck(
  client: pg.Client,
  check: Pick<CheckDefinition, 'sql' | 'key'>,
  known: ReadonlySet<string>,
): Promise<CheckOutcome> {
  // The line break ends a comment on the last line of the SQL.
  const violation = `WITH violation AS (\n${check.sql}\n)`;
  const columns = check.key.map((column) => `violation.${pg.escapeIdentifier(column)}::text`).join(', ');
  const digest = `encode(sha256(convert_to(jsonb_build_array(${columns})::text, 'UTF8')), 'hex')`;
  try {
    // Parameters make it a single statement: nothing can follow a semicolon.
    const found = await client.query<{ key: string; total: string }>(
      `${violation} SELECT ${digest} AS key, count(*) OVER () AS total FROM violation ORDER BY 1 LIMIT $1`,
      [KEYS_MAX],
    );
    const total = Number(found.rows[0]?.total ?? 0);
    const keys = [...new Set(found.rows.map(({ key }) => key))];
    if (total === 0) return { status: 'passed', total, keys, samples: new Map() };
    const wanted = [...keys.filter((key) => !known.has(key)), ...keys.filter((key) => known.has(key))];
    const rows = await client.query<(string | null)[]>({
      text: `${violation} SELECT ${digest} AS "switchyard key", violation.* FROM violation WHERE ${digest} = ANY($1) LIMIT $2`,
      values: [wanted.slice(0, SAMPLES_MAX), SAMPLES_MAX],
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text },
    });
    const names = rows.fields.map(({ name }) => name);
    const samples = new Map(rows.rows.map((row) => [row[0]!, toSample(names, row)]));
    return { status: 'violated', total, keys, samples };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { status: 'failed', error: describe(error, check.sql), code: error.code ?? null };
  }
}

function toSample(names: readonly string[], row: readonly (string | null)[]): Record<string, string | null> {
  const entries = names.map((name, index) => {
    const text = row[index] ?? null;
    return [
      name,
      text !== null && text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text,
    ] as const;
  });
  return Object.fromEntries(entries.slice(1, COLUMNS_MAX + 1));
}

/** Postgres's own words, with the place as a line of the check's SQL rather than of our wrapping. */
function describe({ message, position, hint, detail }: pg.DatabaseError, sql: string): string {
  const offset = Number(position ?? 0) - 'WITH violation AS (\n'.length;
  const line = offset > 0 && offset <= sql.length ? ` (line ${sql.slice(0, offset).split('\n').length})` : '';
  return [`${message}${line}`, detail, hint && `Hint: ${hint}`].filter(Boolean).join('. ');
}
