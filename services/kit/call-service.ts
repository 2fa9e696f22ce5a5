import { ExponentialBackoff, handleWhen, noop as once, retry } from 'cockatiel';
import { Agent, request } from 'undici';
import type { z } from 'zod';
import { CORRELATION_HEADER, currentCorrelation } from './correlation.ts';
import { noteDeadlineExceeded, TIMEOUT_HEADER, timeLeftMs } from './deadline.ts';
import { ServiceError, type ServiceErrorCode } from './errors.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';
import { callBudget } from './retry/call-budgets.ts';
import { repeatWithin } from './retry/repeat-within.ts';
import type { RpcName } from './rpc/rpc-definition.ts';
import { instancesOf, internalRpc } from './service-instances.ts';
import { templateOf, withUrlTemplate } from './url-template.ts';

const TIMEOUT_MS = 2_500;
const RETRIES_MAX = 2;
const CONNECTIONS_MAX = 32;
const SAFE_METHODS = new Set(['GET', 'PUT', 'DELETE']);

const agent = new Agent({ connections: CONNECTIONS_MAX, keepAliveTimeout: 10_000, connect: { timeout: 1_000 } });

/** Whose request this is: a fastify request, or what a job makes up. */
export interface CallContext {
  id: string;
  /** Forwarded, because each service checks for itself who asks. */
  authorization?: string;
}

export interface ServiceCall<Answer> {
  service: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  answer: z.ZodType<Answer>;
  timeoutMs?: number;
  /** A POST that the other end recognises when it comes again. */
  idempotent?: boolean;
  /** The same question over gRPC, whose answer is the same. */
  rpc?: { name: RpcName; request: object };
}

/** Nobody took the connection, so nothing was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']);

/** What another service answered, when that was no success. `status` is null when it did not answer. */
export class CallError extends ServiceError {
  readonly service: string;
  readonly status: number | null;
  readonly detail: string;
  override readonly name = 'CallError';

  constructor(service: string, status: number | null, detail: string, code: ServiceErrorCode, cause?: unknown) {
    super(code, `${service}: ${detail}`, { cause, extra: { upstream: service, upstreamStatus: status } });
    this.service = service;
    this.status = status;
    this.detail = detail;
  }
}

const again = retry(
  handleWhen(
    (error) => error instanceof CallError && (error.status === null || error.status >= 502) && timeLeftMs() > 0,
  ),
  { maxAttempts: RETRIES_MAX, backoff: new ExponentialBackoff({ initialDelay: 40, maxDelay: 400 }) },
);

/** Asks another service of the fleet; throws CallError. Only what may be repeated is, within the service's budget and at another instance if there is one. */
export function callService<Answer>(context: CallContext, call: ServiceCall<Answer>): Promise<Answer> {
  const mayRepeat = call.idempotent ?? SAFE_METHODS.has(call.method);
  const tried = new Set<string>();
  return repeatWithin(mayRepeat ? again : once, callBudget(call.service), () => callOnce(context, call, tried));
}

async function callOnce<Answer>(context: CallContext, call: ServiceCall<Answer>, tried: Set<string>): Promise<Answer> {
  const { status, body } = await callInstances(context, call, tried);
  if (status < 200 || status > 299) {
    const detail = (body as { detail?: string } | null)?.detail ?? `answered ${status}`;
    throw new CallError(call.service, status, detail, codeOfStatus(status));
  }
  const parsed = call.answer.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CallError(call.service, status, 'answered in another shape than expected', 'BAD_GATEWAY', parsed.error);
}

function codeOfStatus(status: number): ServiceErrorCode {
  if (status === 504) return 'TIMEOUT';
  return status >= 500 ? 'UNAVAILABLE' : 'BAD_GATEWAY';
}

/** Asks one instance, and the next when nobody took the connection. */
async function callInstances(context: CallContext, call: ServiceCall<unknown>, tried: Set<string>) {
  const balancer = instancesOf(call.service);
  for (;;) {
    const leftMs = timeLeftMs();
    const ownMs = call.timeoutMs ?? TIMEOUT_MS;
    // What the caller's haste brings about says nothing of the instance.
    const isHasty = leftMs < ownMs;
    const timeoutMs = Math.ceil(Math.min(leftMs, ownMs));
    if (timeoutMs <= 0) throw outOfTime(call.service);
    const turn = balancer.take(tried);
    tried.add(turn.instance.id);
    try {
      const answer = await send(context, call, { address: turn.instance.address, timeoutMs });
      if (answer.status < 500) turn.succeed();
      else if (answer.status !== 504 || !isHasty) turn.fail('failure');
      return answer;
    } catch (error) {
      const isUnsent = NOT_SENT.has(codeOf(error as Error) ?? '');
      const isLate = error instanceof CallError && error.code === 'TIMEOUT';
      if (isLate && !isHasty) turn.fail('timeout');
      if (!isLate) turn.fail(isUnsent ? 'connect' : 'failure');
      if (!isUnsent || !balancer.hasOther(tried)) throw error;
    } finally {
      turn.end();
    }
  }
}

function outOfTime(service: string): CallError {
  noteDeadlineExceeded();
  return new CallError(service, null, 'was not asked, for the caller waits no more', 'TIMEOUT');
}

interface Sent {
  status: number;
  body: unknown;
}

/** undici's own error is the cause of ours; both families refused come as one. */
function codeOf({ cause }: { cause?: unknown } = {}): string | undefined {
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return (first as { code?: string } | undefined)?.code;
}

interface Destination {
  address: string;
  timeoutMs: number;
}

async function send(context: CallContext, call: ServiceCall<unknown>, to: Destination): Promise<Sent> {
  const { service, rpc } = call;
  if (!rpc || internalRpc() === 'http') return sendHttp(context, call, to);
  // Loaded only where it is wanted: it is a few megabytes.
  const { sendGrpc } = await import('./rpc/send-grpc.ts');
  return sendGrpc(context, { service, rpc, ...to });
}

async function sendHttp(
  context: CallContext,
  call: ServiceCall<unknown>,
  { address, timeoutMs }: Destination,
): Promise<Sent> {
  try {
    const response = await withUrlTemplate(templateOf(call.path), () =>
      request(`${address}${call.path}`, {
        dispatcher: agent,
        method: call.method,
        headers: {
          [REQUEST_ID_HEADER]: context.id,
          [TIMEOUT_HEADER]: String(timeoutMs),
          [CORRELATION_HEADER]: currentCorrelation() ?? context.id,
          ...(context.authorization === undefined ? {} : { authorization: context.authorization }),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
        signal: AbortSignal.timeout(timeoutMs),
      }),
    );
    const text = await response.body.text();
    return { status: response.statusCode, body: parseJson(text) };
  } catch (cause) {
    if ((cause as Error).name === 'TimeoutError')
      throw new CallError(call.service, null, `did not answer within ${timeoutMs} ms`, 'TIMEOUT', cause);
    throw new CallError(call.service, null, 'could not be reached', 'UNAVAILABLE', cause);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
