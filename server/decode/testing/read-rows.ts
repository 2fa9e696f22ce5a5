import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TABLE_COLUMNS, type TableName } from '#server/store/tables.ts';
import type { RowChunk } from '../row-sink.ts';

export type Row = Record<string, unknown>;

/** Reads RowBinary back by the column types of the schema files: what the store would make of the bytes. */
export function readRows(table: TableName, chunks: readonly RowChunk[]): Row[] {
  return chunks.flatMap(({ bytes, rows: count }) => {
    const rows = readPayload(table, bytes);
    if (rows.length !== count) throw new Error(`${count} rows announced, ${rows.length} found`);
    return rows;
  });
}

/** The same for an insert, which is not told the number of its rows. */
export function readPayload(table: TableName, payload: Uint8Array): Row[] {
  const types = columnTypes(table);
  const cursor = { bytes: Buffer.from(payload), at: 0 };
  const rows: Row[] = [];
  while (cursor.at < cursor.bytes.length) {
    rows.push(Object.fromEntries(TABLE_COLUMNS[table].map((column) => [column, read(types[column]!, cursor)])));
  }
  return rows;
}

const SCHEMA_DIR = path.join(import.meta.dirname, '../../store/schema');

function columnTypes(table: TableName): Record<string, string> {
  const file = readdirSync(SCHEMA_DIR)
    .map((name) => readFileSync(path.join(SCHEMA_DIR, name), 'utf8'))
    .find((text) => text.includes(`CREATE TABLE IF NOT EXISTS @db.${table} `));
  if (!file) throw new Error(`no schema of ${table}`);
  const lines = [...file.matchAll(/^ {4}(\w+)\s+((?:\w+\()*[^\n]*?)(?: (?:CODEC\(|ALIAS |DEFAULT ).*)?,?$/gm)];
  return Object.fromEntries(lines.map(([, name, type]) => [name, type!]));
}

interface Cursor {
  bytes: Buffer;
  at: number;
}

function read(type: string, cursor: Cursor): unknown {
  const [, outer, inner] = /^(\w+)(?:\((.*)\))?$/.exec(type) ?? [];
  switch (outer) {
    case 'LowCardinality':
      return read(inner!, cursor);
    case 'String':
      return take(cursor, varuint(cursor)).toString('utf8');
    case 'FixedString':
      return take(cursor, Number(inner)).toString('hex');
    case 'Int8':
      return take(cursor, 1).readInt8();
    case 'Int32':
      return take(cursor, 4).readInt32LE();
    case 'UInt8':
      return take(cursor, 1).readUInt8();
    case 'UInt16':
      return take(cursor, 2).readUInt16LE();
    case 'UInt32':
      return take(cursor, 4).readUInt32LE();
    case 'UInt64':
      return take(cursor, 8).readBigUInt64LE();
    case 'DateTime64':
      return take(cursor, 8).readBigInt64LE();
    case 'Float64':
      return take(cursor, 8).readDoubleLE();
    case 'Array':
      return Array.from({ length: varuint(cursor) }, () => read(inner!, cursor));
    case 'Map': {
      const [, key, value] = /^([^,]+), (.+)$/.exec(inner!) ?? [];
      return Array.from({ length: varuint(cursor) }, () => [read(key!, cursor), read(value!, cursor)]);
    }
    default:
      throw new Error(`no reader for ${type}`);
  }
}

function varuint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = take(cursor, 1)[0]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

function take(cursor: Cursor, count: number): Buffer {
  if (cursor.at + count > cursor.bytes.length) throw new Error('a row is cut off');
  cursor.at += count;
  return cursor.bytes.subarray(cursor.at - count, cursor.at);
}
