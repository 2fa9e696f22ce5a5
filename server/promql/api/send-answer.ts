import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PromqlErrorKind } from '../promql-error.ts';

/** What an endpoint found: `data` as a value, or as pieces of JSON where it may be large. */
export interface ApiAnswer {
  data: unknown;
  pieces?: Iterable<string>;
  warnings?: string[];
  infos?: string[];
}

const STATUS: Record<PromqlErrorKind, number> = {
  bad_data: 400,
  execution: 422,
  canceled: 499,
  timeout: 503,
  unavailable: 503,
  internal: 500,
  not_found: 404,
};

export function statusOf(kind: PromqlErrorKind): number {
  return STATUS[kind];
}

export async function sendSuccess(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ApiAnswer,
): Promise<void> {
  response.statusCode = 200;
  await sendPieces(request, response, encodeSuccess(answer));
}

export async function sendFailure(
  request: IncomingMessage,
  response: ServerResponse,
  kind: PromqlErrorKind,
  message: string,
): Promise<void> {
  response.statusCode = statusOf(kind);
  await sendPieces(request, response, [JSON.stringify({ status: 'error', errorType: kind, error: message })]);
}

function* encodeSuccess({ data, pieces, warnings, infos }: ApiAnswer): Generator<string> {
  yield '{"status":"success","data":';
  if (pieces) yield* pieces;
  else yield JSON.stringify(data);
  if (warnings?.length) yield `,"warnings":${JSON.stringify(warnings)}`;
  if (infos?.length) yield `,"infos":${JSON.stringify(infos)}`;
  yield '}';
}

/** Smaller ones are not worth the work. */
const GZIP_FROM_BYTES = 1024;
const CHUNK_LENGTH = 64 * 1024;

/** A body of pieces, compressed where that is asked for and worth it. */
export async function sendPieces(
  request: IncomingMessage,
  response: ServerResponse,
  pieces: Iterable<string>,
  type = 'application/json',
): Promise<void> {
  await sendChunks(request, response, inChunks(pieces), type);
}

/** The same of bytes, each large enough to be sent by itself. */
export async function sendChunks(
  request: IncomingMessage,
  response: ServerResponse,
  all: Generator<Buffer, void>,
  type: string,
): Promise<void> {
  response.setHeader('content-type', type);
  const chunks = all[Symbol.iterator]();
  const first = chunks.next();
  const second = chunks.next();
  if (first.done || second.done) {
    const body = first.value ?? Buffer.alloc(0);
    if (body.length < GZIP_FROM_BYTES || !acceptsGzip(request)) return void response.end(body);
  }
  const rest = Readable.from(continued(first, second, chunks));
  try {
    if (!acceptsGzip(request)) return await pipeline(rest, response);
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('vary', 'Accept-Encoding');
    await pipeline(rest, createGzip({ level: 1 }), response);
  } catch (cause) {
    // The caller left: nobody is there to be told.
    if (!response.destroyed) throw cause;
  }
}

function acceptsGzip(request: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
}

function* continued(...[first, second, rest]: [IteratorResult<Buffer>, IteratorResult<Buffer>, Iterator<Buffer>]) {
  if (!first.done) yield first.value;
  if (!second.done) yield second.value;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function* inChunks(pieces: Iterable<string>): Generator<Buffer, void> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}
