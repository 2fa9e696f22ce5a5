import { Readable } from 'node:stream';
import { trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noop as once, type RetryPolicy } from 'cockatiel';
import { repeatWithin } from '#services/kit/retry/repeat-within.ts';
import type { RetryBudget } from '#services/kit/retry/retry-budget.ts';
import { admitRequest, type AccessControl } from '../access/admit-request.ts';
import type { Identity } from '../access/identify.ts';
import { correlationId } from '../correlation.ts';
import { isLogin, type LoginLimit } from '../limits/login-limit.ts';
import { sendProblem } from '../problem.ts';
import { callUpstream, type CallResult, type UpstreamService } from './call-upstream.ts';
import { toClientHeaders, toUpstreamHeaders, type Headers } from './headers.ts';
import { limitBody, readBody, tooLarge, type BodyLimits } from './request-body.ts';
import { isRepeatable } from './retry-policy.ts';
import type { RouteTable } from './route-table.ts';
import type { Upstream } from './routes.ts';
import { sendSwitchedOff } from './send-switched-off.ts';
import { CLIENT_GONE, classifyError, type UpstreamFault } from './upstream-fault.ts';

export interface ProxyTarget extends UpstreamService {
  retry: RetryPolicy;
  retryBudget: RetryBudget;
}

export interface ProxyContext {
  routes: RouteTable;
  access: AccessControl;
  services: ReadonlyMap<Upstream, ProxyTarget>;
  bodyLimits: BodyLimits;
  loginLimit: LoginLimit;
}

/** Passes a request on to the service of its route, and the answer back. */
export async function proxyRequest(ctx: ProxyContext, request: FastifyRequest, reply: FastifyReply) {
  const decision = ctx.routes.resolve(request.raw.url ?? '');
  if (decision.kind === 'refused')
    return sendProblem(reply, { status: 400, code: 'BAD_REQUEST', detail: decision.detail });
  const target = decision.kind === 'route' ? ctx.services.get(decision.route.upstream) : undefined;
  if (decision.kind !== 'route' || !target)
    return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: 'No service has this path.' });
  const { switchedOff } = decision.route;
  if (switchedOff) return sendSwitchedOff(reply, decision.route.segment, switchedOff);
  const identity = await admitRequest(ctx.access, request, decision.upstreamPath);

  const isRepeated = isRepeatable(decision.route, request.method, header(request, 'idempotency-key'));
  const login = isLogin(request.method, decision.upstreamPath);
  const body = await takeBody(request, ctx.bodyLimits, isRepeated || login);
  if (body.fault) return answerFault(reply, target.name, body.fault);
  const wholeBody = Buffer.isBuffer(body.content) ? body.content : null;
  if (login && (await ctx.loginLimit.refuse(request.socket.remoteAddress ?? 'unknown', wholeBody, reply))) return reply;

  const signal = signalOfClient(reply);
  const call = {
    method: request.method,
    path: decision.upstreamPath,
    template: `/${decision.route.segment}/*`,
    body: body.content,
    signal,
  };
  const headers = upstreamHeaders(request, identity);
  let last: CallResult | undefined;
  const tried = new Set<string>();
  const result = await repeatWithin(
    isRepeated ? target.retry : once,
    target.retryBudget,
    async (): Promise<CallResult> => {
      // The connection of an answer that nobody reads would be lost to the pool.
      if (last?.kind === 'answer') await last.body.dump().catch(() => undefined);
      last = await callUpstream(target, { ...call, headers: { ...headers }, tried });
      return last;
    },
  );
  // Nobody reads the body of a refused call; its timer and pipe would live on.
  if (result.kind === 'refused' && body.content instanceof Readable) body.content.destroy();
  return answerClient(reply, target, result);
}

function answerClient(reply: FastifyReply, target: ProxyTarget, result: CallResult) {
  if (result.kind === 'fault') return answerFault(reply, target.name, result.fault);
  if (result.kind === 'refused') return answerRefused(reply, target, result.refusal);
  reply.code(result.status).headers(toClientHeaders(result.headers));
  return reply.send(result.body);
}

function answerRefused(reply: FastifyReply, { name }: ProxyTarget, refusal: { state: string; retryAfterMs: number }) {
  const retryAfterS = Math.max(1, Math.ceil(refusal.retryAfterMs / 1000));
  // People search and alert on these words.
  reply.log.warn({ service: name, circuit: refusal.state }, `[${name}] Circuit open`);
  return sendProblem(reply.header('retry-after', String(retryAfterS)), {
    status: 503,
    code: 'CIRCUIT_OPEN',
    type: 'urn:switchyard:problem:circuit-open',
    title: 'Circuit open',
    detail: `Service ${name} is temporarily unavailable`,
    extra: { service: name, circuit: refusal.state },
  });
}

function answerFault(reply: FastifyReply, service: string, fault: UpstreamFault) {
  // Nobody is there any more; a status that says so keeps logs and metrics honest.
  if (fault.kind === 'client_gone') return reply.code(fault.status).send();
  if (fault.side === 'client') reply.header('connection', 'close');
  else reply.log.error({ service, kind: fault.kind, detail: fault.detail }, `[${service}] Proxy error`);
  const detail = fault.side === 'client' ? fault.detail : `No answer from ${service}: ${fault.detail}.`;
  return sendProblem(reply, { status: fault.status, code: fault.kind.toUpperCase(), detail });
}

type TakenBody =
  | { content: Parameters<typeof callUpstream>[1]['body']; fault?: undefined }
  | { content?: undefined; fault: UpstreamFault };

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

function upstreamHeaders(request: FastifyRequest, identity: Identity | null): Headers {
  return toUpstreamHeaders(request.headers, {
    remoteAddress: request.socket.remoteAddress ?? 'unknown',
    host: request.headers.host ?? '',
    protocol: request.protocol,
    requestId: request.id,
    correlationId: correlationId(request),
    isTraced: trace.getActiveSpan() !== undefined,
    identity: identity?.signed ?? null,
  });
}

/** Aborted when the connection closes before the answer is written. */
function signalOfClient(reply: FastifyReply): AbortSignal {
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
