import type { IncomingHttpHeaders } from 'node:http';
import { trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readTimeoutMs, TIMEOUT_HEADER } from '#services/kit/deadline.ts';
import { isCacheable } from '../cache/ask-through-cache.ts';
import type { GatewayCache } from '../cache/cache.ts';
import { serveThroughCache } from '../cache/serve-through-cache.ts';
import { admitRequest, type AccessControl } from '../access/admit-request.ts';
import type { Identity } from '../access/identify.ts';
import { correlationId } from '../correlation.ts';
import { isLogin, type LoginLimit } from '../limits/login-limit.ts';
import { sendProblem } from '../problem.ts';
import { answerClient, answerFault } from './answer-client.ts';
import { sendUnknownPath } from './api-version.ts';
import type { CallResult, UpstreamCall } from './call-upstream.ts';
import { toUpstreamHeaders, type Headers } from './headers.ts';
import { limitBody, readBody, tooLarge, type BodyLimits } from './request-body.ts';
import { isRepeatable } from './retry-policy.ts';
import type { RouteTable } from './route-table.ts';
import type { Upstream } from './routes.ts';
import { sendCall, type ProxyTarget } from './send-call.ts';
import { sendSwitchedOff } from './send-switched-off.ts';
import { isWebsocket, sendWebsocketRefused } from './send-websocket-refused.ts';
import { CLIENT_GONE, classifyError, type UpstreamFault } from './upstream-fault.ts';

export interface ProxyContext {
  routes: RouteTable;
  access: AccessControl;
  services: ReadonlyMap<Upstream, ProxyTarget>;
  bodyLimits: BodyLimits;
  loginLimit: LoginLimit;
  cache: GatewayCache;
}

/** Passes a request on to the service of its route, and the answer back. */
export async function proxyRequest(ctx: ProxyContext, request: FastifyRequest, reply: FastifyReply) {
  if (isWebsocket(request.headers)) return sendWebsocketRefused(reply);
  const decision = ctx.routes.resolve(request.raw.url ?? '');
  if (decision.kind === 'refused')
    return sendProblem(reply, { status: 400, code: 'BAD_REQUEST', detail: decision.detail });
  const target = decision.kind === 'route' ? ctx.services.get(decision.route.upstream) : undefined;
  if (decision.kind !== 'route' || !target) return sendUnknownPath(reply, request.raw.url ?? '');
  const { route } = decision;
  if (route.switchedOff) return sendSwitchedOff(reply, route.segment, route.switchedOff);
  const identity = await admitRequest(ctx.access, request, decision.upstreamPath);

  const isRepeated = isRepeatable(route, request.method, header(request, 'idempotency-key'));
  const login = isLogin(request.method, decision.upstreamPath);
  const body = await takeBody(request, ctx.bodyLimits, isRepeated || login);
  if (body.fault) return answerFault(reply, target.name, body.fault);
  const wholeBody = Buffer.isBuffer(body.content) ? body.content : null;
  if (login && (await ctx.loginLimit.refuse(request.socket.remoteAddress ?? 'unknown', wholeBody, reply))) return reply;

  const call: Omit<UpstreamCall, 'tried'> = {
    method: request.method,
    path: decision.upstreamPath,
    template: `/${route.segment}/*`,
    headers: upstreamHeaders(request, identity),
    body: body.content,
    signal: signalOfClient(reply),
    deadlineMs: deadlineOf(request, reply),
  };
  const send = (each: Omit<UpstreamCall, 'tried'>) => sendCall(target, each, isRepeated);
  const isCached = ctx.cache.isOn(route);
  if (isCached && isCacheable(request)) return serveThroughCache(ctx.cache, { request, reply }, { route, call, send });
  const result = await send(call);
  // Before anybody hears that it was done.
  if (isCached && isChange(request.method, result)) ctx.cache.drop(`/${route.segment}`, 'write');
  return answerClient(reply, target.name, result);
}

/** RFC 9111 4.4: what an unsafe method did may show in all that its service says. */
function isChange(method: string, result: CallResult): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && result.kind === 'answer' && result.status < 400;
}

type TakenBody = { content: UpstreamCall['body']; fault?: undefined } | { content?: undefined; fault: UpstreamFault };

/** So small a body is read first: an instance that does not take the connection would be the end of a stream. */
const WHOLE_BYTES_MAX = 64 * 1024;

/** A body that may be sent twice is read first, and so is a small one; any other is passed on as it comes. */
async function takeBody(request: FastifyRequest, limits: BodyLimits, isRepeated: boolean): Promise<TakenBody> {
  const declaredBytes = Number(header(request, 'content-length') ?? 0);
  if (declaredBytes > limits.bytesMax) return { fault: tooLarge(limits.bytesMax).fault };
  if (declaredBytes === 0 && header(request, 'transfer-encoding') === undefined) return { content: null };
  if (!isRepeated && !(declaredBytes > 0 && declaredBytes <= WHOLE_BYTES_MAX))
    return { content: limitBody(request.raw, limits) };
  try {
    return { content: await readBody(request.raw, limits) };
  } catch (error) {
    const fault = classifyError(error);
    if (!fault) throw error;
    return { fault };
  }
}

/** `given` are the headers to pass on, those of the request unless told. */
export function upstreamHeaders(
  request: FastifyRequest,
  identity: Identity | null,
  given: IncomingHttpHeaders = request.headers,
): Headers {
  return toUpstreamHeaders(given, {
    remoteAddress: request.socket.remoteAddress ?? 'unknown',
    host: request.headers.host ?? '',
    protocol: request.protocol,
    requestId: request.id,
    correlationId: correlationId(request),
    isTraced: trace.getActiveSpan() !== undefined,
    identity: identity?.signed ?? null,
  });
}

/** A client that says how long it waits is believed. */
export function deadlineOf({ headers }: FastifyRequest, { elapsedTime }: FastifyReply): number | undefined {
  const timeoutMs = readTimeoutMs(headers[TIMEOUT_HEADER]);
  return timeoutMs === undefined ? undefined : performance.now() - elapsedTime + timeoutMs;
}

/** Aborted when the connection closes before the answer is written. */
export function signalOfClient(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  const leave = () => {
    if (!reply.raw.writableFinished) abort.abort(CLIENT_GONE);
  };
  if (reply.raw.destroyed) leave();
  else reply.raw.once('close', leave);
  return abort.signal;
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
