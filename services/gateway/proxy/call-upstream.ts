import { finished, type Readable } from 'node:stream';
import type { IncomingHttpHeaders } from 'node:http';
import { trace, type Span } from '@opentelemetry/api';
import type { Dispatcher, Pool } from 'undici';
import type { Balancer, Turn } from '#services/kit/balance/balancer.ts';
import type { InstanceFailure } from '#services/kit/balance/decide-ejection.ts';
import type { Breaker, CallOutcome, Permit, Refusal } from '../breaker/breaker.ts';
import type { Shadow } from '../breaker/shadow.ts';
import { callUnder, failSpan, noteBreaker, startCallSpan } from './call-span.ts';
import type { Headers } from './headers.ts';
import { CLIENT_GONE, classifyError, timedOut, type UpstreamFault } from './upstream-fault.ts';

export interface UpstreamService {
  name: string;
  /** The instances, each with its connections. */
  instances: Balancer<Pool>;
  breaker: Breaker;
  /** Decides beside the breaker, and never acts. */
  shadow?: Shadow | undefined;
  /** From the last byte of the request to the head of the answer, waiting for a connection included. */
  answerTimeoutMs: number;
  /** Longest pause within the answer's body. */
  bodyTimeoutMs: number;
}

export interface UpstreamCall {
  method: string;
  path: string;
  template: string;
  headers: Headers;
  body: Readable | Buffer | null;
  /** Aborted when the client leaves. */
  signal: AbortSignal;
  /** Instances that this request was sent to; it goes to others while there are any. */
  tried: Set<string>;
}

export type CallResult =
  | { readonly kind: 'answer'; status: number; headers: IncomingHttpHeaders; body: Dispatcher.ResponseData['body'] }
  | { readonly kind: 'fault'; fault: UpstreamFault }
  | { readonly kind: 'refused'; refusal: Refusal };

/**
 * One try to call a service, past its breaker: at one instance, and at the next when that one does not take the connection, for
 * then nothing was sent. Expected failures are results; only bugs are thrown.
 */
export async function callUpstream(service: UpstreamService, call: UpstreamCall): Promise<CallResult> {
  const { instances, breaker, shadow } = service;
  const real = breaker.enter();
  const entry = shadow ? shadow.follow(real) : real;
  if (!entry.admitted) return refuse(service, call, entry);
  for (;;) {
    const turn = instances.take(call.tried);
    const resendCount = call.tried.size;
    call.tried.add(turn.instance.id);
    const mayGoOn = isReplayable(call.body) && instances.hasOther(call.tried);
    const result = await callInstance(service, { ...call, resendCount }, { entry, turn, mayGoOn });
    if (result.kind !== 'unsent') return result;
  }
}

function refuse({ name }: UpstreamService, call: UpstreamCall, refusal: Refusal): CallResult {
  const span = startCallSpan({ ...call, resendCount: call.tried.size, service: name });
  const note = { name, state: refusal.state, outcome: 'rejected' as const };
  noteBreaker(span, note);
  noteBreaker(trace.getActiveSpan(), note);
  failSpan(span, 'circuit_open', `the breaker of ${name} is ${refusal.state}`);
  span.end();
  return { kind: 'refused', refusal };
}

interface InstanceCall {
  entry: Permit;
  turn: Turn<Pool>;
  /** Another instance may take the call if this one does not take the connection. */
  mayGoOn: boolean;
}

async function callInstance(
  service: UpstreamService,
  call: UpstreamCall & { resendCount: number },
  { entry, turn, mayGoOn }: InstanceCall,
): Promise<CallResult | { readonly kind: 'unsent' }> {
  const span = startCallSpan({ ...call, service: service.name, address: turn.instance.address });
  const end = endOfCall(service.name, span, entry, turn);
  const deadline = startDeadline(call, service.answerTimeoutMs);
  try {
    const answer = await callUnder(span, call.headers, () =>
      turn.door.request({
        method: call.method as Dispatcher.HttpMethod,
        path: call.path,
        headers: call.headers,
        body: call.body,
        signal: deadline.signal,
        // Ours starts when the request has been sent, and is exact below a second.
        headersTimeout: 0,
        bodyTimeout: service.bodyTimeoutMs,
      }),
    );
    span.setAttribute('http.response.status_code', answer.statusCode);
    if (answer.statusCode >= 400) failSpan(span, String(answer.statusCode));
    if (answer.statusCode >= 500) end.failed('failure', `HTTP ${answer.statusCode}`);
    finished(answer.body, { writable: false }, (error) => {
      deadline.clear();
      if (error) end.faulted(readFault(error, call.signal));
      else end.succeeded();
      turn.end();
      span.end();
    });
    deadline.disarm();
    return { kind: 'answer', status: answer.statusCode, headers: answer.headers, body: answer.body };
  } catch (error) {
    deadline.clear();
    turn.end();
    const fault = readFault(error, call.signal);
    const goesOn = fault?.kind === 'connect' && mayGoOn;
    if (goesOn) end.unsent(fault);
    else end.faulted(fault);
    span.end();
    if (!fault) throw error;
    return goesOn ? { kind: 'unsent' } : { kind: 'fault', fault };
  }
}

/** A stream that undici was given is gone with the connection. */
function isReplayable(body: UpstreamCall['body']): boolean {
  return body === null || Buffer.isBuffer(body);
}

/** Tells instance, breaker and spans how the call ended; the first word counts. */
function endOfCall(name: string, span: Span, permit: Permit, turn: Turn<Pool>) {
  // The breaker's memory names failing calls by the trace that people will look for.
  const { traceId } = span.spanContext();
  const server = trace.getActiveSpan();
  let isTold = false;
  const note = (outcome?: CallOutcome) => {
    isTold = true;
    noteBreaker(span, { name, state: permit.state, outcome });
    noteBreaker(server, { name, state: permit.state, outcome });
  };
  const failed = (outcome: 'failure' | 'timeout', reason: string, kind: InstanceFailure = outcome) => {
    if (isTold) return;
    note(outcome);
    const { isOfService } = turn.fail(kind);
    // What one instance does alone is for the balancer to heal, and no reason to give the service up.
    if (isOfService) permit.fail({ outcome, reason, traceId: isTraceId(traceId) ? traceId : undefined });
    else permit.release();
  };
  return {
    failed,
    succeeded() {
      if (isTold) return;
      note('success');
      turn.succeed();
      permit.succeed();
    },
    /** This instance did not take the call; the permit is for the next one. */
    unsent(fault: UpstreamFault) {
      failSpan(span, fault.kind, fault.detail);
      turn.fail('connect');
    },
    faulted(fault: UpstreamFault | undefined) {
      if (fault?.side === 'service') {
        failSpan(span, fault.kind, fault.detail);
        const outcome = fault.kind === 'timeout' ? 'timeout' : 'failure';
        failed(outcome, fault.detail, fault.kind === 'connect' ? 'connect' : outcome);
        return;
      }
      if (!fault) failSpan(span, '_OTHER');
      if (isTold) return;
      note();
      permit.release();
    },
  };
}

/** Undici reports a stream that we ended for the client's sake as an error of its own. */
function readFault(error: unknown, clientSignal: AbortSignal): UpstreamFault | undefined {
  return clientSignal.aborted ? CLIENT_GONE.fault : classifyError(error);
}

/** Aborts the call when the client leaves, or when the answer's head is late; `disarm` ends the second, `clear` both. */
function startDeadline({ body, signal: client }: UpstreamCall, answerTimeoutMs: number) {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const arm = () => {
    timer = setTimeout(() => abort.abort(timedOut('answer', answerTimeoutMs)), answerTimeoutMs);
  };
  const leave = () => abort.abort(CLIENT_GONE);
  const isStreamed = body !== null && !Buffer.isBuffer(body);
  // A slow upload is the client's doing and must not count against the service.
  if (isStreamed) body.once('end', arm);
  else arm();
  if (client.aborted) leave();
  else client.addEventListener('abort', leave, { once: true });
  const disarm = () => {
    clearTimeout(timer);
    if (isStreamed) body.off('end', arm);
  };
  return {
    signal: abort.signal,
    disarm,
    clear() {
      disarm();
      client.removeEventListener('abort', leave);
    },
  };
}

function isTraceId(id: string): boolean {
  return !/^0*$/.test(id);
}
