import { finished, type Readable } from 'node:stream';
import type { IncomingHttpHeaders } from 'node:http';
import { trace, type Span } from '@opentelemetry/api';
import type { Dispatcher, Pool } from 'undici';
import type { Balancer, Turn } from '#services/kit/balance/balancer.ts';
import { noteDeadlineExceeded, TIMEOUT_HEADER } from '#services/kit/deadline.ts';
import type { InstanceFailure } from '#services/kit/balance/decide-ejection.ts';
import type { Breaker, CallOutcome, Permit, Refusal } from '../breaker/breaker.ts';
import type { Bulkhead, Place } from '../bulkhead/bulkhead.ts';
import type { Shadow } from '../breaker/shadow.ts';
import { callUnder, failSpan, noteBreaker, startCallSpan } from './call-span.ts';
import type { Headers } from './headers.ts';
import {
  BULKHEAD_FULL,
  CLIENT_GONE,
  classifyError,
  DEADLINE_EXCEEDED,
  timedOut,
  type UpstreamFault,
} from './upstream-fault.ts';

export interface UpstreamService {
  name: string;
  /** The instances, each with its connections. */
  instances: Balancer<Pool>;
  breaker: Breaker;
  bulkhead: Bulkhead;
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
  /** Until when the client waits, of `performance.now()`; unknown when it did not say. */
  deadlineMs?: number | undefined;
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
  if (leftOf(call) <= 0) {
    noteDeadlineExceeded();
    return { kind: 'fault', fault: DEADLINE_EXCEEDED.fault };
  }
  const place = service.bulkhead.tryEnter() ?? (await waitForPlace(service, call));
  if (!place) return call.signal.aborted ? { kind: 'fault', fault: CLIENT_GONE.fault } : refuseFull(service, call);
  const real = breaker.enter();
  const entry = shadow ? shadow.follow(real) : real;
  if (!entry.admitted) {
    place.leave();
    return refuse(service, call, entry);
  }
  try {
    for (;;) {
      const turn = instances.take(call.tried);
      const resendCount = call.tried.size;
      call.tried.add(turn.instance.id);
      const mayGoOn = isReplayable(call.body) && instances.hasOther(call.tried);
      const result = await callInstance(service, { ...call, resendCount }, { entry, turn, place, mayGoOn });
      if (result.kind !== 'unsent') return result;
    }
  } catch (bug) {
    place.leave();
    throw bug;
  }
}

const NOWHERE: Place = { leave() {} };

/** Who would be refused by the breaker does not wait for a place. */
function waitForPlace({ bulkhead, breaker, answerTimeoutMs }: UpstreamService, call: UpstreamCall) {
  return breaker.isPassable ? bulkhead.wait(call.signal, Math.min(answerTimeoutMs, leftOf(call))) : NOWHERE;
}

/** Of the client's own time. */
function leftOf({ deadlineMs }: UpstreamCall): number {
  return deadlineMs === undefined ? Infinity : deadlineMs - performance.now();
}

/** Says nothing of the service to its breaker: it was not asked. */
function refuseFull({ name }: UpstreamService, call: UpstreamCall): CallResult {
  const span = startCallSpan({ ...call, resendCount: call.tried.size, service: name });
  for (const each of [span, trace.getActiveSpan()])
    each?.setAttributes({ 'bulkhead.name': name, 'bulkhead.outcome': 'rejected' });
  failSpan(span, BULKHEAD_FULL.kind, BULKHEAD_FULL.detail);
  span.end();
  return { kind: 'fault', fault: BULKHEAD_FULL };
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
  /** Left with the last byte of the answer. */
  place: Place;
  /** Another instance may take the call if this one does not take the connection. */
  mayGoOn: boolean;
}

async function callInstance(
  service: UpstreamService,
  call: UpstreamCall & { resendCount: number },
  { entry, turn, place, mayGoOn }: InstanceCall,
): Promise<CallResult | { readonly kind: 'unsent' }> {
  const span = startCallSpan({ ...call, service: service.name, address: turn.instance.address });
  const end = endOfCall(service.name, span, entry, turn);
  const deadline = startDeadline(call, service.answerTimeoutMs);
  sayTimeout(call, service.answerTimeoutMs);
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
    // What the client's haste brings about says nothing of the service.
    if (answer.statusCode === 504 && deadline.isHasty) end.faulted(DEADLINE_EXCEEDED.fault);
    else if (answer.statusCode >= 500) end.failed('failure', `HTTP ${answer.statusCode}`);
    finished(answer.body, { writable: false }, (error) => {
      deadline.clear();
      if (error) end.faulted(readFault(error, call.signal));
      else end.succeeded();
      turn.end();
      place.leave();
      span.end();
    });
    deadline.disarm();
    return { kind: 'answer', status: answer.statusCode, headers: answer.headers, body: answer.body };
  } catch (error) {
    deadline.clear();
    turn.end();
    const fault = readFault(error, call.signal);
    const goesOn = fault?.kind === 'connect' && mayGoOn;
    if (fault?.kind === 'deadline_exceeded') noteDeadlineExceeded();
    if (goesOn) end.unsent(fault);
    else end.faulted(fault);
    if (!goesOn) place.leave();
    span.end();
    if (!fault) throw error;
    return goesOn ? { kind: 'unsent' } : { kind: 'fault', fault };
  }
}

/** How long the service has. A body that comes as the client sends it has no end that is known before. */
function sayTimeout(call: UpstreamCall, answerTimeoutMs: number): void {
  const ownMs = isReplayable(call.body) ? answerTimeoutMs : Infinity;
  const leftMs = Math.ceil(Math.min(ownMs, leftOf(call)));
  if (Number.isFinite(leftMs)) call.headers[TIMEOUT_HEADER] = String(Math.max(0, leftMs));
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
function startDeadline(call: UpstreamCall, answerTimeoutMs: number) {
  const { body, signal: client } = call;
  const abort = new AbortController();
  const leftMs = leftOf(call);
  const isHasty = leftMs < answerTimeoutMs;
  const haste = isHasty ? setTimeout(() => abort.abort(DEADLINE_EXCEEDED), Math.max(0, leftMs)) : undefined;
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
    clearTimeout(haste);
    if (isStreamed) body.off('end', arm);
  };
  return {
    signal: abort.signal,
    isHasty,
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
