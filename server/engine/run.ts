import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { ChdbQueryStream, Session } from 'chdb';
import { refusal } from './engine-error.ts';
import type { Engine } from './open.ts';
import type { EngineRequest } from './parse-request.ts';
import { readText, readToFile } from './read-body.ts';
import { refuseStatement } from './refuse.ts';
import { quote, splitInsert, statementKind } from './statement.ts';

export interface Answer {
  /** The result in the asked format, chunk by chunk. */
  chunks: AsyncIterable<Uint8Array>;
  summary: () => Summary;
}

export interface Summary {
  readRows: number;
  readBytes: number;
  writtenRows: number;
  elapsedSeconds: number;
}

/** Runs one request on a connection of its own, so that its settings and parameters reach no other. */
export async function run(
  engine: Engine,
  tmpDir: string,
  asked: EngineRequest,
  body: IncomingMessage,
): Promise<Answer> {
  const sql = asked.query ?? (await readText(body));
  if (sql.trim() === '') return rows([]);
  refuseStatement(sql);
  const payload = statementKind(sql) === 'insert' ? splitInsert(sql) : undefined;
  if (payload) {
    const file = path.join(tmpDir, randomUUID());
    try {
      const bytes = await readToFile(body, payload.inline, file);
      if (bytes === 0) return rows([]);
      return await buffered(engine, asked, `${payload.target} SELECT * FROM file(${quote(file)}, ${payload.format})`);
    } finally {
      await rm(file, { force: true });
    }
  }
  const rest = asked.query && body.method === 'POST' ? await readText(body) : '';
  const whole = rest ? `${sql}\n${rest}` : sql;
  return statementKind(whole) === 'select' ? streamed(engine, asked, whole) : buffered(engine, asked, whole);
}

async function buffered(engine: Engine, asked: EngineRequest, sql: string): Promise<Answer> {
  const session = engine.connect();
  try {
    await prepare(session, asked);
    const result = await session.queryAsync(sql, { format: asked.format });
    const wrote = statementKind(sql) === 'insert';
    return rows([result.bytes()], {
      readRows: result.rowsRead,
      readBytes: result.bytesRead,
      writtenRows: wrote ? result.rowsRead : 0,
      elapsedSeconds: result.elapsed,
    });
  } finally {
    session.close();
  }
}

/** Fetches chunk by chunk as the client takes them, so that a large result never lies in memory whole. */
async function streamed(engine: Engine, asked: EngineRequest, sql: string): Promise<Answer> {
  const session = engine.connect();
  const started = performance.now();
  let readRows = 0;
  let readBytes = 0;
  let stream: ChdbQueryStream;
  try {
    await prepare(session, asked);
    stream = session.queryStream(sql.replace(/[\s;]+$/, ''), { format: asked.format });
  } catch (error) {
    session.close();
    throw error;
  }
  async function* chunks() {
    try {
      for await (const chunk of stream) {
        readRows += chunk.numRows;
        readBytes += chunk.numBytes;
        yield chunk.raw();
      }
    } finally {
      session.close();
    }
  }
  const summary = () => ({ readRows, readBytes, writtenRows: 0, elapsedSeconds: (performance.now() - started) / 1000 });
  return { chunks: chunks(), summary };
}

async function prepare(session: Session, asked: EngineRequest): Promise<void> {
  const assignments = Object.entries(asked.settings).map(([name, value]) => `${identifier(name)} = ${quote(value)}`);
  // A parameter set by name is bound by the engine just as the HTTP interface's param_<name>: in escaped text form.
  for (const [name, value] of Object.entries(asked.params)) {
    assignments.push(`${identifier(`param_${name}`)} = ${quote(value)}`);
  }
  const use = asked.database ? `USE \`${asked.database.replace(/[\\`]/g, '\\$&')}\`; ` : '';
  await session.queryAsync(`${use}SET ${assignments.join(', ')}`);
}

function identifier(name: string): string {
  if (/^[a-z_]\w*$/i.test(name)) return name;
  throw refusal(115, 'UNKNOWN_SETTING', `Unknown setting ${quote(name)}`);
}

async function* once(chunks: Uint8Array[]) {
  yield* chunks;
}

function rows(chunks: Uint8Array[], summary = { readRows: 0, readBytes: 0, writtenRows: 0, elapsedSeconds: 0 }): Answer {
  return { chunks: once(chunks), summary: () => summary };
}
