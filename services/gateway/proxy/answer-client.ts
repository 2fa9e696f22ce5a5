import type { FastifyReply } from 'fastify';
import { sendProblem } from '../problem.ts';
import type { CallResult } from './call-upstream.ts';
import { toClientHeaders, type Headers } from './headers.ts';
import type { UpstreamFault } from './upstream-fault.ts';

/** Answers a client with what a service answered, or with why it did not. */
export function answerClient(reply: FastifyReply, service: string, result: CallResult, more: Headers = {}) {
  logUnanswered(reply, service, result);
  if (result.kind === 'fault') return answerFault(reply, service, result.fault);
  if (result.kind === 'refused') return answerRefused(reply, service, result.refusal);
  setHeaders(reply.code(result.status), { ...toClientHeaders(result.headers), ...more });
  return reply.send(result.body);
}

/** What the gateway varies its answer by stays true beside what the service does. */
export function setHeaders(reply: FastifyReply, headers: Headers): void {
  const own = reply.getHeader('vary');
  reply.headers(
    own === undefined || headers.vary === undefined ? headers : { ...headers, vary: `${own}, ${headers.vary}` },
  );
}

/** People search and alert on these words. */
export function logUnanswered({ log }: FastifyReply, service: string, result: CallResult): void {
  if (result.kind === 'refused') log.warn({ service, circuit: result.refusal.state }, `[${service}] Circuit open`);
  if (result.kind !== 'fault' || result.fault.side === 'client') return;
  const { kind, detail } = result.fault;
  log.error({ service, kind, detail }, `[${service}] Proxy error`);
}

export function answerFault(reply: FastifyReply, service: string, fault: UpstreamFault) {
  // Nobody is there any more; a status that says so keeps logs and metrics honest.
  if (fault.kind === 'client_gone') return reply.code(fault.status).send();
  if (fault.side === 'client') reply.header('connection', 'close');
  if (fault.retryAfterS !== undefined) reply.header('retry-after', String(fault.retryAfterS));
  const detail = fault.side === 'client' ? fault.detail : `No answer from ${service}: ${fault.detail}.`;
  return sendProblem(reply, { status: fault.status, code: fault.kind.toUpperCase(), detail });
}

function answerRefused(reply: FastifyReply, service: string, refusal: { state: string; retryAfterMs: number }) {
  const retryAfterS = Math.max(1, Math.ceil(refusal.retryAfterMs / 1000));
  return sendProblem(reply.header('retry-after', String(retryAfterS)), {
    status: 503,
    code: 'CIRCUIT_OPEN',
    type: 'urn:switchyard:problem:circuit-open',
    title: 'Circuit open',
    detail: `Service ${service} is temporarily unavailable`,
    extra: { service, circuit: refusal.state },
  });
}
