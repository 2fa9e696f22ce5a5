import { quote } from './statement.ts';

export interface Column {
  name: string;
  type: string;
}

/** The table and the columns of `INSERT INTO db.table (columns)`; undefined when the statement says more or less. */
export function insertTarget(target: string): { table: string; columns: string[] } | undefined {
  const found = /^insert\s+into\s+(?:table\s+)?([\w.`]+)\s*\(([\w`,\s]+)\)$/i.exec(target.trim());
  if (!found) return undefined;
  return { table: found[1]!, columns: found[2]!.split(',').map((name) => name.trim().replaceAll('`', '')) };
}

/**
 * The structure to read RowBinary with, as a literal of SQL. LowCardinality is left out, because its bytes are those of what it
 * holds, and ClickHouse looks up each value by itself as it reads them (10 µs a span, most of it the keys of maps), while
 * converting whole columns afterwards takes a third of that.
 */
export function readStructure(columns: readonly string[], described: readonly Column[]): string | undefined {
  const types = new Map(described.map(({ name, type }) => [name, type]));
  if (columns.some((name) => !types.has(name))) return undefined;
  return quote(columns.map((name) => `\`${name}\` ${plain(types.get(name)!)}`).join(', '));
}

function plain(type: string): string {
  return type.replace(/LowCardinality\((\w+(?:\([^()]*\))?)\)/g, '$1');
}
