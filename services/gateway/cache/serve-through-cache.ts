import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerClient, logUnanswered } from '../proxy/answer-client.ts';
import type { CallResult, UpstreamCall } from '../proxy/call-upstream.ts';
import type { Headers } from '../proxy/headers.ts';
import type { Route } from '../proxy/routes.ts';
import { askThroughCache } from './ask-through-cache.ts';
import { formatCacheStatus } from './cache-status.ts';
import type { GatewayCache } from './cache.ts';
import { sendStored } from './send-stored.ts';

type Call = Omit<UpstreamCall, 'tried'>;

/** Answers a request of a route that is cached. */
export async function serveThroughCache(
  cache: GatewayCache,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { route, call, send }: { route: Route; call: Call; send: (call: Call) => Promise<CallResult> },
) {
  const { method, path, signal } = call;
  const asked = { route, method, path, signal, host: request.headers.host ?? '', headers: request.headers };
  const answered = await askThroughCache(cache, asked, (conditions) =>
    send({ ...call, headers: { ...withoutConditions(call.headers), ...conditions } }),
  );
  cache.note(route, answered);
  if (answered.instead) logUnanswered(reply, route.upstream, answered.instead);
  if (answered.kind === 'stored') return sendStored(request, reply, answered);
  const { result, status } = answered;
  const earlier = result.kind === 'answer' ? result.headers['cache-status'] : undefined;
  return answerClient(reply, route.upstream, result, { 'cache-status': formatCacheStatus(status, earlier) });
}

/** They are judged by what comes back: an answer "not modified" to one client would be of no use to the others. */
function withoutConditions(headers: Headers): Headers {
  const { 'if-none-match': _noneMatch, 'if-modified-since': _modifiedSince, ...rest } = headers;
  return rest;
}
