import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ServiceCall } from '#services/kit/call-service.ts';
import { askThroughCache } from '../cache/ask-through-cache.ts';
import { logUnanswered } from '../proxy/answer-client.ts';
import type { CallResult } from '../proxy/call-upstream.ts';
import type { Headers } from '../proxy/headers.ts';
import { deadlineOf, signalOfClient, upstreamHeaders, type ProxyContext } from '../proxy/proxy-request.ts';
import { sendCall } from '../proxy/send-call.ts';
import { classifyError } from '../proxy/upstream-fault.ts';

export interface MissingPart {
  value: null;
  /** In a few words, for whoever shows the rest. */
  reason: string;
  /** What the service answered; null where it was not asked or did not answer. */
  status: number | null;
  /** When asking again may help. */
  retryAfterMs?: number;
}

export type Part<Value> = { value: Value; reason?: undefined; isStale: boolean } | MissingPart;

const tracer = trace.getTracer('switchyard.gateway');

export interface Whole {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** One part of a joined answer, had as a client would: by its route, the cache, the breaker and the balance of its service. */
export function askPart<Value>(
  ctx: ProxyContext,
  whole: Whole,
  name: string,
  call: ServiceCall<Value>,
): Promise<Part<Value>> {
  // What becomes of the call is said of the part: the request has others.
  return tracer.startActiveSpan(`part ${name}`, async (span) => {
    try {
      const part = await fetchPart(ctx, whole, call);
      if (part.reason !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: part.reason });
      return part;
    } finally {
      span.end();
    }
  });
}

async function fetchPart<Value>(
  ctx: ProxyContext,
  { request, reply }: Whole,
  { path, answer }: ServiceCall<Value>,
): Promise<Part<Value>> {
  const decision = ctx.routes.resolve(`/api${path}`);
  const target = decision.kind === 'route' ? ctx.services.get(decision.route.upstream) : undefined;
  if (decision.kind !== 'route' || !target) return missing('there is no route to it');
  const { route } = decision;
  if (route.switchedOff) return missing('it is switched off');

  const own = partOf(request, reply);
  const call = { ...own, method: 'GET', path, template: `/${route.segment}/*`, body: null };
  const send = (conditions: Headers = {}) =>
    sendCall(target, { ...call, headers: { ...call.headers, ...conditions } }, true);
  if (!ctx.cache.isOn(route)) return readPart(reply, target.name, await send(), answer);
  const asked = { ...call, route, host: request.headers.host ?? '' };
  const answered = await askThroughCache(ctx.cache, asked, send);
  ctx.cache.note(route, answered);
  if (answered.kind === 'called') return readPart(reply, target.name, answered.result, answer);
  if (answered.instead) logUnanswered(reply, target.name, answered.instead);
  return toPart(answer, answered.stored.body.toString(), answered.outcome === 'stale');
}

/** All parts are for anybody, so that they may come from what is kept: who asks is not told on. */
function partOf(request: FastifyRequest, reply: FastifyReply) {
  const { 'accept-language': language, 'user-agent': agent } = request.headers;
  const own = { accept: 'application/json', 'accept-language': language, 'user-agent': agent };
  return {
    headers: upstreamHeaders(request, null, own),
    signal: signalOfClient(reply),
    deadlineMs: deadlineOf(request, reply),
  };
}

async function readPart<Value>(
  reply: FastifyReply,
  service: string,
  result: CallResult,
  answer: z.ZodType<Value>,
): Promise<Part<Value>> {
  logUnanswered(reply, service, result);
  if (result.kind === 'refused')
    return { ...missing(`the circuit of ${service} is open`), retryAfterMs: result.refusal.retryAfterMs };
  if (result.kind === 'fault') return missing(`no answer from ${service}: ${result.fault.detail}`);
  try {
    const text = await result.body.text();
    if (result.status === 200) return toPart(answer, text, false);
    return { ...missing(`${service} answered ${result.status}`), status: result.status };
  } catch (error) {
    const fault = classifyError(error);
    if (!fault) throw error;
    return missing(`no answer from ${service}: ${fault.detail}`);
  }
}

function toPart<Value>(answer: z.ZodType<Value>, text: string, isStale: boolean): Part<Value> {
  const parsed = answer.safeParse(parseJson(text));
  return parsed.success ? { value: parsed.data, isStale } : missing('it came in another shape than expected');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function missing(reason: string): MissingPart {
  return { value: null, reason, status: null };
}
