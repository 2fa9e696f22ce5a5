import { TABLE_COLUMNS, type TableName } from './tables.ts';

/** An expression of SQL for each column that matters, over `number` from 0; the other columns hold their default. */
export type RowExpressions<Table extends TableName> = Partial<Record<(typeof TABLE_COLUMNS)[Table][number], string>>;

/** A segment as the collector writes it: RowBinary in the order of TABLE_COLUMNS, made by the store itself. */
export async function makeSegment<Table extends TableName>(
  url: string,
  database: string,
  table: Table,
  rows: number,
  values: RowExpressions<Table>,
): Promise<Buffer> {
  const described = await ask(url, `DESCRIBE TABLE ${database}.${table} FORMAT JSON`);
  const { data } = JSON.parse(described.toString()) as { data: { name: string; type: string }[] };
  const types = new Map(data.map((column) => [column.name, column.type]));
  const expressions = TABLE_COLUMNS[table].map((column) => {
    const type = `'${types.get(column)!.replaceAll("'", "\\'")}'`;
    const value = (values as Record<string, string | undefined>)[column];
    return `${value === undefined ? `defaultValueOfTypeName(${type})` : `CAST(${value}, ${type})`} AS ${column}_`;
  });
  return ask(url, `SELECT ${expressions.join(', ')} FROM numbers(${rows}) FORMAT RowBinary`);
}

async function ask(url: string, sql: string): Promise<Buffer> {
  const response = await fetch(url, { method: 'POST', body: sql });
  const body = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw new Error(body.toString());
  return body;
}
