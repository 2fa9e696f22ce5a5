import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { trace } from '@opentelemetry/api';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { correlateRequests } from './correlation.ts';
import { ServiceError } from './errors.ts';
import { refuseForeignHost } from './guard.ts';
import type { Log } from './log.ts';
import { maskException } from './mask/mask-line.ts';
import { occurrenceOf, toProblem } from './problem.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { acceptRequestId, REQUEST_ID_HEADER } from './request-id.ts';

const BODY_BYTES_MAX = 1024 ** 2;

/** A client that sends its request drop by drop holds a connection, and nothing else. */
const SLOW_CLIENTS = { headersMs: 10_000, requestMs: 60_000, checkEveryMs: 5_000 };

export interface AppOptions {
  /** In problems: for development alone. */
  showsStack?: boolean;
  /** What a path is served as. */
  rewriteUrl?: ((url: string) => string) | undefined;
  slowClients?: typeof SLOW_CLIENTS;
}

/** A server with the fleet's manners: correlation ids, problem documents, loopback names only. */
export function createApp(log: Log, options: AppOptions = {}): FastifyInstance {
  const { showsStack = false, rewriteUrl, slowClients = SLOW_CLIENTS } = options;
  const rewrite = rewriteUrl && (({ url = '/' }: IncomingMessage) => rewriteUrl(url));
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = toProblem(error, occurrenceOf(request), showsStack);
    if (problem.status >= 500) {
      request.log.error({ err: error }, problem.detail);
      if (error instanceof Error) trace.getActiveSpan()?.recordException(maskException(error));
    }
    if (problem.status === 401) reply.header('www-authenticate', challengeOf(request.headers));
    if (error instanceof ServiceError && error.retryAfterS !== undefined)
      reply.header('retry-after', String(error.retryAfterS));
    return reply.status(problem.status).type('application/problem+json').send(problem);
  };
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: slowClients.requestMs,
    http: { headersTimeout: slowClients.headersMs, connectionsCheckingInterval: slowClients.checkEveryMs },
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, log),
    // Of paths that no router reads.
    frameworkErrors: (error, request, reply) => answerError(error, request as FastifyRequest, reply as FastifyReply),
    ...(rewrite && { rewriteUrl: rewrite }),
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => acceptRequestId(request.headers[REQUEST_ID_HEADER]),
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  // Clients that always say application/json say so of a DELETE without a body, too.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body === '') done(null, undefined);
    else parseJson(request, body, done);
  });
  correlateRequests(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    const refusal = refuseForeignHost(request.headers);
    if (refusal) throw new ServiceError('FORBIDDEN', refusal);
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request) => {
    throw new ServiceError('NOT_FOUND', `There is no ${request.method} ${request.url.split('?', 1)[0]} here.`);
  });
  return app;
}

/** RFC 6750 section 3. */
function challengeOf({ authorization }: IncomingHttpHeaders): string {
  const scheme = 'Bearer realm="shop"';
  return authorization === undefined ? scheme : `${scheme}, error="invalid_token"`;
}
