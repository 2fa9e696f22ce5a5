import { Readable } from 'node:stream';
import { SpanKind, type SpanOptions } from '@opentelemetry/api';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import type { Log } from '#server/log.ts';
import { inSpan } from '#server/tracing/in-span.ts';
import { traceHeaders } from '#server/tracing/trace-context.ts';
import { toInsertError, toStoreError } from './store-error.ts';
import { INSERTED_AS, TABLE_COLUMNS, type TableName } from './tables.ts';

export interface StoreOptions {
  url: string;
  database: string;
  /** Its name in the servers' own settings, when the store is a cluster of several. */
  cluster?: string | undefined;
  log: Log;
}

export interface StoreQuery<Row extends z.ZodType> {
  /** Names the question in logs and in the store's query log. */
  name: string;
  /** With `{name:Type}` parameters; without FORMAT. 64-bit numbers arrive as JavaScript numbers: select ids as toString(id) or hex(id). */
  sql: string;
  params?: Record<string, unknown>;
  row: Row;
  /** Bound of the execution; default 15 s. */
  maxSeconds?: number;
  /** The result fails rather than grow beyond this; default 100,000 rows. */
  limitRows?: number;
  /** Ends the question in the store too, when its asker no longer waits. */
  signal?: AbortSignal | undefined;
}

export interface NativeQuery extends Omit<StoreQuery<z.ZodType>, 'row'> {
  /** The result fails rather than grow beyond this; for rows that hold arrays. */
  limitBytes?: number;
}

export interface Store {
  readonly database: string;
  readonly cluster: string | undefined;
  query: <Row extends z.ZodType>(query: StoreQuery<Row>) => Promise<z.infer<Row>[]>;
  /** The same in the store's own columnar form (Native), for answers of millions of numbers; the caller reads the pieces in which they come. */
  queryNative: (query: NativeQuery) => Promise<Buffer[]>;
  /** Must come before everything else: no other call works until the database exists. */
  createDatabase: (sql: string) => Promise<void>;
  /** A statement without a result: DDL, ALTER, DELETE. */
  command: (name: string, sql: string, params?: Record<string, unknown>) => Promise<void>;
  /**
   * One segment of rows in the order of TABLE_COLUMNS. On the disk when this resolves; the same token a second time
   * changes nothing. See `isRetryable` for what a failure means for the segment.
   */
  insertRowBinary: (table: TableName, rows: Uint8Array | Readable, token: string) => Promise<void>;
  /** Throws an AppError with advice when the store does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

const SECONDS_DEFAULT = 15;
const COMMAND_SECONDS_MAX = 120;
const RESULT_ROWS_MAX = 100_000;
const SLOW_QUERY_MS = 1_000;
/** Over the longest execution, so that it is the store that gives up, and says why. */
const REQUEST_TIMEOUT_MS = 150_000;

/** The only door to telemetry, embedded or remote: every query is bounded, tagged with its name, and parsed. */
export function createStore({ url, database, cluster, log }: StoreOptions): Store {
  const config = {
    url,
    request_timeout: REQUEST_TIMEOUT_MS,
    max_open_connections: 16,
    log: { level: ClickHouseLogLevel.OFF },
    ...(cluster !== undefined && { clickhouse_settings: OVER_SHARDS }),
  };
  const client = createClient({ ...config, database });
  const { hostname, port } = new URL(url);
  const asSpan = <Result>(
    name: string,
    work: (headers: Record<string, string>) => Promise<Result>,
    options: SpanOptions = {},
  ) => {
    const attributes = {
      'db.system.name': 'clickhouse',
      'db.query.summary': name,
      'db.namespace': database,
      'server.address': hostname,
      'server.port': Number(port),
    };
    return inSpan(name, { ...options, kind: SpanKind.CLIENT, attributes }, () => work(traceHeaders()));
  };
  return {
    database,
    cluster,
    query: (query) => asSpan(query.name, (headers) => runQuery(client, log, query, headers)),
    queryNative: (query) => asSpan(query.name, (headers) => runNativeQuery(client, log, query, headers)),
    createDatabase: async (sql) => {
      const anywhere = createClient({ ...config, database: 'default' });
      await runCommand(anywhere, 'create database', sql, undefined, {}).finally(() => anywhere.close());
    },
    command: (name, sql, params) => asSpan(name, (headers) => runCommand(client, name, sql, params, headers)),
    insertRowBinary: (table, rows, token) =>
      asSpan(
        `insert ${table}`,
        (headers) => insertRowBinary(client, database, table, rows, token, headers),
        // Whoever sent the rows was answered when they were on the disk.
        { root: true },
      ),
    ping: async () => {
      const result = await client.ping();
      if (!result.success) throw toStoreError(result.error, 'ping');
    },
    close: () => client.close(),
  };
}

async function runQuery<Row extends z.ZodType>(
  client: ClickHouseClient,
  log: Log,
  { name, sql, params, row, maxSeconds = SECONDS_DEFAULT, limitRows = RESULT_ROWS_MAX, signal }: StoreQuery<Row>,
  headers: Record<string, string>,
): Promise<z.infer<Row>[]> {
  const started = performance.now();
  let data: unknown[];
  try {
    const result = await client.query({
      query: sql,
      query_params: params,
      format: 'JSONEachRow',
      abort_signal: signal,
      http_headers: headers,
      clickhouse_settings: {
        log_comment: name,
        max_execution_time: maxSeconds,
        max_result_rows: String(limitRows),
        result_overflow_mode: 'throw',
        output_format_json_quote_64bit_integers: 0,
      },
    });
    data = await result.json<unknown>();
  } catch (cause) {
    signal?.throwIfAborted();
    throw toStoreError(cause, name);
  } finally {
    const ms = Math.round(performance.now() - started);
    if (ms > SLOW_QUERY_MS) log.warn({ query: name, ms }, 'slow query');
  }
  const parsed = z.array(row).safeParse(data);
  if (parsed.success) return parsed.data;
  const fault = parsed.error.issues[0];
  throw new AppError(
    'INTERNAL',
    `The query ${name} gave rows of another shape: ${fault?.path.join('.')}: ${fault?.message}`,
    {
      cause: parsed.error,
    },
  );
}

async function runNativeQuery(
  client: ClickHouseClient,
  log: Log,
  { name, sql, params, maxSeconds = SECONDS_DEFAULT, limitRows = RESULT_ROWS_MAX, limitBytes, signal }: NativeQuery,
  headers: Record<string, string>,
): Promise<Buffer[]> {
  const started = performance.now();
  try {
    const result = await client.exec({
      query: `${sql}\nFORMAT Native`,
      query_params: params,
      abort_signal: signal,
      http_headers: headers,
      clickhouse_settings: {
        log_comment: name,
        max_execution_time: maxSeconds,
        max_result_rows: String(limitRows),
        ...(limitBytes === undefined ? {} : { max_result_bytes: String(limitBytes) }),
        result_overflow_mode: 'throw',
        // So that a failure half-way is a failure and not a shorter answer.
        wait_end_of_query: 1,
      },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of result.stream as AsyncIterable<Buffer>) chunks.push(chunk);
    return chunks;
  } catch (cause) {
    signal?.throwIfAborted();
    throw toStoreError(cause, name);
  } finally {
    const ms = Math.round(performance.now() - started);
    if (ms > SLOW_QUERY_MS) log.warn({ query: name, ms }, 'slow query');
  }
}

async function runCommand(
  client: ClickHouseClient,
  name: string,
  sql: string,
  params: Record<string, unknown> | undefined,
  headers: Record<string, string>,
) {
  try {
    await client.command({
      query: sql,
      query_params: params,
      http_headers: headers,
      clickhouse_settings: { log_comment: name, max_execution_time: COMMAND_SECONDS_MAX },
    });
  } catch (cause) {
    throw toStoreError(cause, name);
  }
}

async function insertRowBinary(
  client: ClickHouseClient,
  database: string,
  table: TableName,
  rows: Uint8Array | Readable,
  token: string,
  headers: Record<string, string>,
): Promise<void> {
  const columns = TABLE_COLUMNS[table].map((column) => `\`${INSERTED_AS[`${table}.${column}`] ?? column}\``).join(', ');
  try {
    const result = await client.exec({
      query: `INSERT INTO ${database}.${table} (${columns}) FORMAT RowBinary`,
      values:
        rows instanceof Uint8Array ? Readable.from([Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength)]) : rows,
      http_headers: headers,
      clickhouse_settings: {
        log_comment: `insert ${table}`,
        max_execution_time: COMMAND_SECONDS_MAX,
        insert_deduplication_token: token,
        wait_end_of_query: 1,
        ...ONE_BLOCK,
      },
    });
    result.stream.resume();
    await new Promise<void>((resolve, reject) => result.stream.once('end', resolve).once('error', reject));
  } catch (cause) {
    throw toInsertError(cause, `insert ${table}`);
  }
}

/**
 * An insert is answered when the shards have it, not when the node that was asked has noted it; and a question within a question
 * is asked of all shards, not of each for itself.
 */
const OVER_SHARDS = { distributed_foreground_insert: 1, distributed_product_mode: 'global' } as const;

/** One segment becomes one block, so that its token marks either all of it or nothing. */
const ONE_BLOCK = {
  deduplicate_blocks_in_dependent_materialized_views: 1,
  max_insert_block_size: '10000000',
  min_insert_block_size_rows: '10000000',
  min_insert_block_size_bytes: '1000000000',
  max_insert_threads: '1',
  async_insert: 0,
  // A sender with a broken clock spreads rows over many days; refused, its segment would be sent again for ever.
  throw_on_max_partitions_per_insert_block: 0,
} as const;
