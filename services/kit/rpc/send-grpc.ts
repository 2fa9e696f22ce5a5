import { Client, credentials, Metadata, status, type ServiceError as RpcError } from '@grpc/grpc-js';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { CallError, type CallContext } from '../call-service.ts';
import { CORRELATION_HEADER, currentCorrelation } from '../correlation.ts';
import { REQUEST_ID_HEADER } from '../request-id.ts';
import { rpcDefinition, type RpcName } from './rpc-definition.ts';
import { endRpcSpan, rpcAttributes, TRACER } from './rpc-span.ts';
import { PROBLEM_STATUS } from './rpc-status.ts';
import { rpcTarget } from './rpc-target.ts';

const CHANNEL = {
  // What is repeated, and where, is decided by call-service.
  'grpc.enable_retries': 0,
  // The balancer keeps away from an instance that is gone; one that is back is to be found so.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.min_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
};
/** What grpc-js says when nothing was sent. */
const NOT_SENT = /No connection established|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/;

const clients = new Map<string, Client>();

export interface GrpcCall {
  service: string;
  rpc: { name: RpcName; request: object };
  address: string;
  timeoutMs: number;
}

/** Asks an instance over gRPC; answers as HTTP would, throws CallError when there is no answer. */
export async function sendGrpc(caller: CallContext, call: GrpcCall): Promise<{ status: number; body: unknown }> {
  const { service, address, rpc } = call;
  const target = rpcTarget(address);
  const [host, port] = target.split(':');
  const span = trace.getTracer(TRACER).startSpan(rpc.name, {
    kind: SpanKind.CLIENT,
    attributes: {
      ...rpcAttributes(rpc.name),
      'peer.service': service,
      'server.address': host,
      'server.port': Number(port),
    },
  });
  try {
    const body = await context.with(trace.setSpan(context.active(), span), () => ask(caller, call, target));
    endRpcSpan(span, status.OK, false);
    return { status: 200, body };
  } catch (cause) {
    const error = cause as RpcError;
    endRpcSpan(span, error.code ?? status.UNKNOWN, true, error.details);
    const [problem] = error.metadata?.get(PROBLEM_STATUS) ?? [];
    if (problem !== undefined) return { status: Number(problem), body: { detail: error.details } };
    throw toCallError(call, error);
  }
}

/** Ends the connections. */
export function closeGrpcClients(): void {
  for (const client of clients.values()) client.close();
  clients.clear();
}

function ask({ id, authorization }: CallContext, { rpc, timeoutMs }: GrpcCall, target: string): Promise<object> {
  const { path, requestSerialize, responseDeserialize } = rpcDefinition(rpc.name);
  const metadata = new Metadata();
  metadata.set(REQUEST_ID_HEADER, id);
  metadata.set(CORRELATION_HEADER, currentCorrelation() ?? id);
  if (authorization !== undefined) metadata.set('authorization', authorization);
  propagation.inject(context.active(), metadata, { set: (carrier, key, value) => carrier.set(key, String(value)) });
  const options = { deadline: Date.now() + timeoutMs };
  return new Promise((resolve, reject) => {
    clientOf(target).makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      rpc.request,
      metadata,
      options,
      (error, answer) => (error || !answer ? reject(error) : resolve(answer)),
    );
  });
}

function clientOf(target: string): Client {
  const known = clients.get(target) ?? new Client(target, credentials.createInsecure(), CHANNEL);
  clients.set(target, known);
  return known;
}

function toCallError({ service, timeoutMs }: GrpcCall, error: RpcError): CallError {
  if (error.code === status.DEADLINE_EXCEEDED)
    return new CallError(service, null, `did not answer within ${timeoutMs} ms`, 'TIMEOUT', error);
  const isUnsent = error.code === status.UNAVAILABLE && NOT_SENT.test(error.details);
  // The code by which call-service knows that nobody took the connection.
  const cause = isUnsent ? Object.assign(new Error(error.details), { code: 'ECONNREFUSED' }) : error;
  return new CallError(service, null, 'could not be reached', 'UNAVAILABLE', cause);
}
