import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from './log.ts';
import { completeProblem, type Description } from './problem.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';

const BY_CODE: Readonly<Record<string, Description>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', detail: 'The headers are larger than 16 KiB.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, code: 'BODY_TOO_LARGE', detail: 'The chunk extensions are too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'REQUEST_TIMEOUT', detail: 'The request did not arrive in time.' },
};
const UNREADABLE: Description = {
  status: 400,
  code: 'BAD_REQUEST',
  detail: 'This is no HTTP request that can be read.',
};

/** Answers what is no request, or not one in time, and ends the connection: what follows on it could be read in two ways. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket, log: Log): void {
  // A connection that was reset has nobody at its other end.
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const description = BY_CODE[error.code ?? ''] ?? UNREADABLE;
  const requestId = randomUUID();
  log.warn({ request_id: requestId, code: error.code }, description.detail);
  // Neither method nor path was read, or can be trusted.
  const problem = completeProblem(description, { requestId, correlationId: requestId, method: '', path: '' });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${description.status} ${STATUS_CODES[description.status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `${REQUEST_ID_HEADER}: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
