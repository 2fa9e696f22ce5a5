import type { IncomingMessage, ServerResponse } from 'node:http';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { Trace, OtlpTrace } from './schema.ts';

/** Reads of a trace, as the API answers them. */
export interface TraceReads {
  get: (input: { traceId: string }) => Promise<Trace>;
  export: (input: { traceId: string }) => Promise<OtlpTrace>;
}

const PATH = /^\/api\/v1\/traces\/([^/]*)$/;

/**
 * `GET /api/v1/traces/<id>?format=otlp|json` as a file. It asks the API's own procedures, so it checks what every read checks.
 * Answers false for requests of others.
 */
export function createTraceDownload(reads: TraceReads) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://console');
    const traceId = PATH.exec(url.pathname)?.[1];
    if (traceId === undefined) return false;
    response.setHeader('cache-control', 'no-store');
    const format = url.searchParams.get('format') ?? 'json';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      sendText(response, 405, 'A trace can only be read here.');
    } else if (format !== 'json' && format !== 'otlp') {
      sendText(response, 400, 'The format is json or otlp.');
    } else {
      await sendTrace(response, traceId, format, reads);
    }
    return true;
  };
}

async function sendTrace(
  response: ServerResponse,
  traceId: string,
  format: 'json' | 'otlp',
  reads: TraceReads,
): Promise<void> {
  try {
    const body = JSON.stringify(await (format === 'otlp' ? reads.export({ traceId }) : reads.get({ traceId })));
    const name = `trace-${traceId}${format === 'otlp' ? '.otlp' : ''}.json`;
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-disposition': `attachment; filename="${name}"` })
      .end(body);
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const status = getHTTPStatusCodeFromError(error);
    if (status >= 500 && error.code === 'INTERNAL_SERVER_ERROR') throw error;
    sendText(
      response,
      status,
      error.code === 'BAD_REQUEST' ? 'A trace id is 32 lower-case hex digits.' : error.message,
    );
  }
}

function sendText(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
}
