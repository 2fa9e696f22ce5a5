import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import type { Log } from '#server/log.ts';
import { inSpan } from '#server/tracing/in-span.ts';
import { withCaller } from '#server/tracing/trace-context.ts';
import { refusal, toEngineError, UNKNOWN_EXCEPTION } from './engine-error.ts';
import type { Engine } from './open.ts';
import { parseRequest } from './parse-request.ts';
import { refuseCaller } from './refuse.ts';
import { run } from './run.ts';
import { sendAnswer, sendError } from './send-answer.ts';

/** ClickHouse's HTTP interface: `/ping` and `/`. */
export function createEngineServer(engine: Engine, tmpDir: string, log: Log): Server {
  const server = createServer({ maxHeaderSize: HEADER_BYTES_MAX }, (request, response) => {
    answer(engine, tmpDir, request, response).catch((cause: unknown) => {
      const error = toEngineError(cause);
      if (error.code === UNKNOWN_EXCEPTION && !request.destroyed) log.error({ err: cause }, 'request failed');
      else log.debug({ code: error.code, reason: error.message }, 'query failed');
      sendError(response, error);
    });
  });
  // Longer than the clients keep an idle socket (2.5 s), so that they are the ones to close it.
  server.keepAliveTimeout = 10_000;
  return server;
}

/** Parameters travel in the URL; a ClickHouse server takes one of 1 MiB, Node without being asked 16 KiB. */
const HEADER_BYTES_MAX = 1024 ** 2;

async function answer(engine: Engine, tmpDir: string, request: IncomingMessage, response: ServerResponse) {
  const refused = refuseCaller(request.headers);
  if (refused) throw refusal(497, 'ACCESS_DENIED', refused);
  const url = new URL(request.url ?? '/', 'http://engine');
  if (url.pathname === '/ping') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('Ok.\n');
  if (url.pathname !== '/') throw refusal(60, 'UNKNOWN_TABLE', `There is no handler for ${url.pathname}`);
  if (request.method !== 'POST' && request.method !== 'GET') {
    throw refusal(48, 'NOT_IMPLEMENTED', `Method ${request.method} is not supported`);
  }
  if (request.headers['content-type']?.startsWith('multipart/')) {
    throw refusal(48, 'NOT_IMPLEMENTED', 'Multipart bodies are not supported: send the parameters in the URL');
  }
  const asked = parseRequest(url.searchParams, request.headers);
  response.setHeader('X-ClickHouse-Query-Id', asked.queryId);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const name = asked.settings['log_comment'] ?? 'query';
  const attributes = { 'db.system.name': 'clickhouse', 'db.query.summary': name };
  await withCaller(request.headers, () =>
    inSpan(name, { kind: SpanKind.SERVER, attributes }, async (span) => {
      const result = await run(engine, tmpDir, asked, request, gone.signal);
      await sendAnswer(response, asked, result);
      const { readRows, readBytes } = result.summary();
      span.setAttributes({ 'clickhouse.read_rows': readRows, 'clickhouse.read_bytes': readBytes });
    }),
  );
}
