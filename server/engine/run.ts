import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { refusal } from './engine-error.ts';
import type { Engine } from './open.ts';
import type { EngineRequest } from './parse-request.ts';
import { readText, readToFile } from './read-body.ts';
import { refuseStatement } from './refuse.ts';
import { insertTarget, readStructure, type Column } from './row-structure.ts';
import { isReading, mayStream, quote, splitInsert, type InsertWithPayload } from './statement.ts';

export interface Answer {
  /** The result in the asked format. */
  chunks: AsyncIterable<Uint8Array>;
  /** Of the work so far. */
  summary: () => Summary;
}

/** What chDB tells of its work; the rows that an insert wrote it does not. */
export interface Summary {
  readRows: number;
  readBytes: number;
  elapsedSeconds: number;
}

/** Runs the statement of one request: its body is the statement, or the rest of it, or the rows for the INSERT in the URL. */
export async function run(
  engine: Engine,
  tmpDir: string,
  asked: EngineRequest,
  body: IncomingMessage,
  gone: AbortSignal,
): Promise<Answer> {
  const data = asked.query !== undefined && splitInsert(asked.query) !== undefined;
  const sql = data ? asked.query! : [asked.query, await readText(body)].filter((part) => part?.trim()).join('\n');
  if (sql === '') return answer([]);
  const reading = isReading(sql);
  if (body.method === 'GET' && !reading) {
    throw refusal(164, 'READONLY', 'Cannot execute query in readonly mode: use POST');
  }
  const payload = splitInsert(sql);
  refuseStatement(payload ? payload.target : sql);
  if (payload) return insert(engine, tmpDir, asked, payload, body);
  if (!reading) {
    return buffer(engine, asked, sql, await engine.writes.enter()).finally(() => engine.structures.clear());
  }
  const leave = await engine.reads.enter();
  return mayStream(sql, asked.settings) ? stream(engine, asked, sql, leave) : buffer(engine, asked, sql, leave, gone);
}

async function insert(
  engine: Engine,
  tmpDir: string,
  asked: EngineRequest,
  { target, format, inline }: InsertWithPayload,
  body: IncomingMessage,
): Promise<Answer> {
  const file = path.join(tmpDir, randomUUID());
  try {
    if ((await readToFile(body, inline, file)) === 0) return answer([]);
    // One thread and one reader: the rows come in the order of the file, as deduplication needs them to.
    const settings = {
      async_insert: '0',
      max_insert_threads: '1',
      input_format_parallel_parsing: '0',
      ...asked.settings,
    };
    const leave = await engine.writes.enter();
    const structure = format === 'RowBinary' ? await structureOf(engine, asked, target).catch(fail(leave)) : undefined;
    const source = [quote(file), format, ...(structure ? [structure] : [])].join(', ');
    return await buffer(engine, { ...asked, settings }, `${target} SELECT * FROM file(${source})`, leave);
  } finally {
    await rm(file, { force: true });
  }
}

/** Asked of the engine once, and again after every statement that may have changed a table. */
async function structureOf(engine: Engine, asked: EngineRequest, target: string): Promise<string | undefined> {
  const found = insertTarget(target);
  if (!found) return undefined;
  const key = `${asked.database}\0${target}`;
  if (!engine.structures.has(key)) {
    const question = { ...asked, format: 'JSONEachRow', settings: {}, params: {} };
    const connection = await engine.take(question, '');
    const lines = await connection.session
      .queryAsync(`DESCRIBE TABLE ${found.table}`, { format: question.format })
      .then((result) => Buffer.from(result.bytes()).toString().split('\n').filter(Boolean))
      .finally(() => connection.keep());
    engine.structures.set(
      key,
      readStructure(
        found.columns,
        lines.map((line) => JSON.parse(line) as Column),
      ),
    );
  }
  return engine.structures.get(key);
}

function fail(leave: () => void): (error: unknown) => never {
  return (error) => {
    leave();
    throw error;
  };
}

/** `gone`: a question whose asker has left is ended; what changes something is not. */
async function buffer(engine: Engine, asked: EngineRequest, sql: string, leave: () => void, gone?: AbortSignal) {
  try {
    if (gone?.aborted) throw refusal(394, 'QUERY_WAS_CANCELLED', 'The client has left');
    const bounded = { ...asked, settings: { max_result_bytes: RESULT_BYTES_MAX, ...asked.settings } };
    const connection = await engine.take(bounded, sql);
    try {
      const running = connection.session.queryAsync(sql, { format: asked.format });
      if (gone?.aborted) connection.cancel();
      gone?.addEventListener('abort', connection.cancel, { once: true });
      const result = await running;
      return answer([result.bytes()], {
        readRows: result.rowsRead,
        readBytes: result.bytesRead,
        elapsedSeconds: result.elapsed,
      });
    } finally {
      gone?.removeEventListener('abort', connection.cancel);
      await connection.keep();
    }
  } finally {
    leave();
  }
}

/** A result that is buffered is in memory twice for a moment. */
const RESULT_BYTES_MAX = String(128 * 1024 ** 2);

/** A chunk lies outside V8's heap, so it is collected late: with the default of 65,409 the engine grew by 420 MB, with this by 125. */
const CHUNK_ROWS = '8192';

/** Takes chunk after chunk as the client takes them, so that a large result never lies in memory whole. */
async function stream(engine: Engine, asked: EngineRequest, sql: string, leave: () => void): Promise<Answer> {
  const started = performance.now();
  const summary = { readRows: 0, readBytes: 0, elapsedSeconds: 0 };
  const settings = { max_block_size: CHUNK_ROWS, ...asked.settings };
  const connection = await engine.take({ ...asked, settings }, sql).catch((error: unknown) => {
    leave();
    throw error;
  });
  async function* chunks() {
    try {
      for await (const chunk of connection.session.queryStream(sql, { format: asked.format })) {
        summary.readRows += chunk.numRows;
        summary.readBytes += chunk.numBytes;
        yield chunk.raw();
      }
    } finally {
      await connection.keep();
      leave();
    }
  }
  return { chunks: chunks(), summary: () => ({ ...summary, elapsedSeconds: (performance.now() - started) / 1000 }) };
}

const NOTHING: Summary = { readRows: 0, readBytes: 0, elapsedSeconds: 0 };

function answer(chunks: Uint8Array[], summary = NOTHING): Answer {
  async function* once() {
    yield* chunks;
  }
  return { chunks: once(), summary: () => summary };
}
