import { sql, type SelectQueryBuilder } from 'kysely';
import type { PageInput } from './list-input.ts';

/** Reads a page of what `query` selects, and how many there are. `columns` says by which column each order is; the id decides between equals. */
export async function readPage<Tables, Table extends keyof Tables, Row, Name extends string>(
  query: SelectQueryBuilder<Tables, Table, Row>,
  columns: Readonly<Record<Name, string>>,
  { limit, offset, sort }: PageInput<Name>,
): Promise<{ rows: Row[]; total: number }> {
  const isLastFirst = sort.startsWith('-');
  // Safe because a sort is a name, with a minus or without.
  const name = (isLastFirst ? sort.slice(1) : sort) as Name;
  const direction = isLastFirst ? 'desc' : 'asc';
  const [rows, counted] = await Promise.all([
    query.orderBy(sql.ref(columns[name]), direction).orderBy(sql.ref('id')).limit(limit).offset(offset).execute(),
    query
      .clearSelect()
      .select(sql<string>`count(*)`.as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  // Safe because nothing else is selected; Kysely's types do not follow through columns that are not known here.
  return { rows: rows as Row[], total: Number((counted as { total: string }).total) };
}
