import { finished, type Readable } from 'node:stream';
import type { IncomingHttpHeaders } from 'node:http';
import { trace, type Span } from '@opentelemetry/api';
import type { Dispatcher, Pool } from 'undici';
import type { Breaker, CallOutcome, Permit, Refusal } from '../breaker/breaker.ts';
import { callUnder, failSpan, noteBreaker, startCallSpan } from './call-span.ts';
import type { Headers } from './headers.ts';
import { CLIENT_GONE, classifyError, timedOut, type UpstreamFault } from './upstream-fault.ts';

export interface UpstreamService {
  name: string;
  origin: URL;
  pool: Pool;
  breaker: Breaker;
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
  resendCount: number;
}

export type CallResult =
  | { readonly kind: 'answer'; status: number; headers: IncomingHttpHeaders; body: Dispatcher.ResponseData['body'] }
  | { readonly kind: 'fault'; fault: UpstreamFault }
  | { readonly kind: 'refused'; refusal: Refusal };

/** One try to call a service, past its breaker. Expected failures are results; only bugs are thrown. */
export async function callUpstream(service: UpstreamService, call: UpstreamCall): Promise<CallResult> {
  const span = startCallSpan({ ...call, service: service.name, origin: service.origin });
  const entry = service.breaker.enter();
  if (!entry.admitted) {
    const note = { name: service.name, state: entry.state, outcome: 'rejected' as const };
    noteBreaker(span, note);
    noteBreaker(trace.getActiveSpan(), note);
    failSpan(span, 'circuit_open', `the breaker of ${service.name} is ${entry.state}`);
    span.end();
    return { kind: 'refused', refusal: entry };
  }
  const end = endOfCall(service.name, span, entry);
  const deadline = startDeadline(call, service.answerTimeoutMs);
  try {
    const answer = await callUnder(span, call.headers, () =>
      service.pool.request({
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
      span.end();
    });
    deadline.disarm();
    return { kind: 'answer', status: answer.statusCode, headers: answer.headers, body: answer.body };
  } catch (error) {
    deadline.clear();
    const fault = readFault(error, call.signal);
    end.faulted(fault);
    span.end();
    if (!fault) throw error;
    return { kind: 'fault', fault };
  }
}

/** Tells breaker and spans how the call ended; the first word counts. */
function endOfCall(name: string, span: Span, permit: Permit) {
  // The breaker's memory names failing calls by the trace that people will look for.
  const { traceId } = span.spanContext();
  const server = trace.getActiveSpan();
  let isTold = false;
  const note = (outcome?: CallOutcome) => {
    isTold = true;
    noteBreaker(span, { name, state: permit.state, outcome });
    noteBreaker(server, { name, state: permit.state, outcome });
  };
  const failed = (outcome: 'failure' | 'timeout', reason: string) => {
    if (isTold) return;
    note(outcome);
    permit.fail({ outcome, reason, traceId: isTraceId(traceId) ? traceId : undefined });
  };
  return {
    failed,
    succeeded() {
      if (isTold) return;
      note('success');
      permit.succeed();
    },
    faulted(fault: UpstreamFault | undefined) {
      if (fault?.side === 'service') {
        failSpan(span, fault.kind, fault.detail);
        failed(fault.kind === 'timeout' ? 'timeout' : 'failure', fault.detail);
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
