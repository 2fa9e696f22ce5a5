import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { judgeRequest, type Refusal } from './judge-request.ts';
import type { Pages } from './pages.ts';
import { contentSecurityPolicy, SECURITY_HEADERS } from './security-headers.ts';
import { API_PATH } from './serve-api.ts';
import { wantsPage } from './wants-page.ts';
import type { Log } from '#server/log.ts';
import { pathOf } from '#server/tracing/route-of.ts';
import { traceRequest } from '#server/tracing/trace-request.ts';

/** A request must have arrived by then; what is answered, such as a stream of events, may take as long as it likes. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** `/api/v1/` and `/federate` as Prometheus has them, `/api/v2/` as Alertmanager, what pipelines say, and where instances register. */
const PROGRAM_PATH = /^\/(?:api\/(?:v\d+\/|deploys$|registry\/)|federate$)/;

export interface ConsoleServerOptions {
  publicUrl: URL;
  /** Under this address there are shared pages only. */
  shareUrl?: URL | null;
  isDevelopment: boolean;
  /** Null while they are being prepared. */
  pages: () => Pages | null;
  api: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
  /** APIs of other programs, each true when the request was its own. */
  programApis: readonly ((request: IncomingMessage, response: ServerResponse) => Promise<boolean>)[];
  metrics: Registry;
  isStopping: () => boolean;
  log: Log;
}

/** The console's one door: judges every request, then hands it to health, metrics, API or pages. */
export function createConsoleServer(options: ConsoleServerOptions): Server {
  const server = createServer((request, response) => {
    traceRequest(request, response, () => handle(options, request, response)).catch((error: unknown) => {
      options.log.error({ err: error, path: pathOf(request) }, 'a request failed');
      if (response.headersSent) response.destroy();
      else send(response, 500, 'Something failed here; the log of the console says what.\n');
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.on('upgrade', (request, socket, head) => {
    const upgrade = options.pages()?.upgrade;
    if (judge(options, request) || !upgrade) socket.destroy();
    else upgrade(request, socket, head);
  });
  return server;
}

async function handle(options: ConsoleServerOptions, request: IncomingMessage, response: ServerResponse) {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const refusal = judge(options, request);
  if (refusal) {
    // A body that nobody reads must not keep the connection busy.
    response.setHeader('connection', 'close');
    return send(response, refusal.status, `${refusal.reason}\n`);
  }
  const path = pathOf(request);
  if (path.startsWith(API_PATH)) return options.api(request, response, path);
  if (PROGRAM_PATH.test(path)) {
    for (const serve of options.programApis) if (await serve(request, response)) return;
    return send(response, 404, `There is nothing at ${path}.\n`);
  }
  switch (path) {
    case '/livez':
      return send(response, 200, 'ok\n');
    case '/readyz':
      if (options.isStopping()) return send(response, 503, 'stopping\n');
      return options.pages() ? send(response, 200, 'ok\n') : send(response, 503, 'the pages are being prepared\n');
    case '/metrics':
      // Two things have a right to this name: the exposition, for programs, and the page, for people.
      if (wantsPage(request)) return servePage(options, request, response);
      return send(response, 200, await options.metrics.metrics(), options.metrics.contentType);
    default:
      return servePage(options, request, response);
  }
}

function judge({ publicUrl, shareUrl }: ConsoleServerOptions, request: IncomingMessage): Refusal | null {
  const { method = 'GET', headers } = request;
  return judgeRequest({ method, path: pathOf(request), headers }, publicUrl, shareUrl ?? null);
}

async function servePage(
  { pages, isDevelopment }: ConsoleServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const opened = pages();
  if (!opened) {
    response.setHeader('retry-after', '1');
    return send(response, 503, 'The console is starting: its pages are being prepared. Reload in a moment.\n');
  }
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), isDevelopment);
  // Next takes the nonce for its own scripts from the request; set here, so that no caller can choose it.
  request.headers['content-security-policy'] = policy;
  delete request.headers['content-security-policy-report-only'];
  response.setHeader('content-security-policy', policy);
  await opened.handle(request, response);
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
