import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { toEngineError, type EngineError } from './engine-error.ts';
import type { EngineRequest } from './parse-request.ts';
import type { Answer, Summary } from './run.ts';

/**
 * Streams an answer. Headers wait for the second chunk: a result of one chunk, nearly every one, gets its true status
 * and summary; a failure after that is written into the body between ClickHouse's exception tags.
 */
export async function sendAnswer(response: ServerResponse, asked: EngineRequest, answer: Answer): Promise<void> {
  const held: Uint8Array[] = [];
  let out: Writable | undefined;
  const tag = randomBytes(8).toString('hex');
  const gone = closed(response);
  try {
    for await (const chunk of answer.chunks) {
      held.push(chunk);
      if (!out && (held.length < 2 || asked.waitEnd)) continue;
      out ??= begin(response, asked, answer.summary(), tag);
      for (const piece of held.splice(0)) {
        if (!out.write(piece)) await Promise.race([once(out, 'drain'), gone]);
      }
      if (response.destroyed) return;
    }
  } catch (cause) {
    if (!out) throw cause;
    out.end(taggedException(toEngineError(cause), tag));
    return;
  }
  out ??= begin(response, asked, answer.summary(), tag);
  for (const piece of held) out.write(piece);
  out.end();
}

/** Listens from the start: a client that has left already never drains. */
function closed(response: ServerResponse): Promise<unknown> {
  return response.destroyed ? Promise.resolve() : once(response, 'close');
}

export function sendError(response: ServerResponse, error: EngineError): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(error.status, {
    'content-type': 'text/plain; charset=UTF-8',
    'x-clickhouse-exception-code': String(error.code),
    // The rest of an upload that was refused half-way is not read, so the connection cannot be used again.
    connection: 'close',
  });
  response.end(`${error.message}\n`);
}

function begin(response: ServerResponse, asked: EngineRequest, summary: Summary, tag: string): Writable {
  response.writeHead(200, {
    'content-type': contentType(asked.format),
    'x-clickhouse-format': asked.format,
    'x-clickhouse-timezone': 'UTC',
    'x-clickhouse-exception-tag': tag,
    'x-clickhouse-summary': JSON.stringify({
      read_rows: String(summary.readRows),
      read_bytes: String(summary.readBytes),
      result_rows: String(summary.readRows),
      result_bytes: String(summary.readBytes),
      elapsed_ns: String(Math.round(summary.elapsedSeconds * 1e9)),
    }),
    ...(asked.compressAnswer ? { 'content-encoding': 'gzip' } : {}),
  });
  if (!asked.compressAnswer) return response;
  const gzip = createGzip({ level: 1 });
  gzip.pipe(response);
  return gzip;
}

function taggedException(error: EngineError, tag: string): string {
  const message = `${error.message}\n`;
  return `\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`;
}

function contentType(format: string): string {
  if (/^JSON(Compact)?EachRow/.test(format)) return 'application/x-ndjson; charset=UTF-8';
  if (format.startsWith('JSON')) return 'application/json; charset=UTF-8';
  if (/^(TabSeparated|TSV)/.test(format)) return 'text/tab-separated-values; charset=UTF-8';
  if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8; header=absent';
  return 'application/octet-stream';
}
