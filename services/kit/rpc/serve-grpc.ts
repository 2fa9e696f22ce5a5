import { logVerbosity, Metadata, Server, ServerCredentials, setLogVerbosity, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { Histogram } from 'prom-client';
import { asCorrelated, CORRELATION_HEADER, correlationOf } from '../correlation.ts';
import { workWithin } from '../deadline.ts';
import { ServiceError } from '../errors.ts';
import { refuseForeignHost } from '../guard.ts';
import type { Log } from '../log.ts';
import { DURATION_BOUNDS_S } from '../metrics.ts';
import { describeError } from '../problem.ts';
import { acceptRequestId, REQUEST_ID_HEADER } from '../request-id.ts';
import type { ServiceContext } from '../start-service.ts';
import { rpcDefinition } from './rpc-definition.ts';
import type { RpcMethod } from './rpc-method.ts';
import { endRpcSpan, rpcAttributes, TRACER } from './rpc-span.ts';
import { isServerFault, PROBLEM_STATUS, rpcCodeOf } from './rpc-status.ts';

const MESSAGE_BYTES_MAX = 1024 ** 2;

type Call = ServerUnaryCall<object, object>;

export interface GrpcServer {
  stop: (withinMs: number) => Promise<void>;
}

type Serving = Pick<ServiceContext, 'faults' | 'log' | 'metrics'>;

/** Serves methods at a loopback `host:port`, with the manners of the HTTP side: request ids, traces, faults, measures, log lines. */
export async function serveGrpc(target: string, methods: readonly RpcMethod[], service: Serving): Promise<GrpcServer> {
  // It writes to stderr by itself, past our log, what it hands over as errors anyway.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES_MAX });
  const durations = new Histogram({
    name: 'rpc_server_call_duration_seconds',
    help: 'Duration of gRPC calls that this service answered.',
    labelNames: ['rpc_method', 'rpc_response_status_code'] as const,
    buckets: DURATION_BOUNDS_S,
    registers: [service.metrics.registry],
  });
  for (const method of methods) {
    const { path, responseSerialize, requestDeserialize } = rpcDefinition(method.name);
    const handle = (call: Call, done: sendUnaryData<object>) => void serve(method, call, done, service, durations);
    server.register(path, handle, responseSerialize, requestDeserialize, 'unary');
  }
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(target, ServerCredentials.createInsecure(), (cause) => {
      if (!cause) resolve();
      else reject(new Error(`gRPC cannot listen at ${target}, which is 200 above the HTTP port.`, { cause }));
    });
  });
  return {
    stop: async (withinMs) => {
      const timer = setTimeout(() => server.forceShutdown(), withinMs);
      await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      clearTimeout(timer);
    },
  };
}

async function serve(
  method: RpcMethod,
  call: Call,
  done: sendUnaryData<object>,
  { faults, log }: Serving,
  durations: Histogram<'rpc_method' | 'rpc_response_status_code'>,
): Promise<void> {
  const startedMs = performance.now();
  const requestId = acceptRequestId(readText(call.metadata, REQUEST_ID_HEADER));
  const options = { kind: SpanKind.SERVER, attributes: rpcAttributes(method.name) };
  const span = trace.getTracer(TRACER).startSpan(method.name, options, callerOf(call.metadata));
  const gone = new AbortController();
  call.once('cancelled', () => gone.abort());
  const own = log.child({ request_id: requestId });
  const correlation = readText(call.metadata, CORRELATION_HEADER);
  const undertaking = correlationOf({ id: requestId, headers: { [CORRELATION_HEADER]: correlation } });
  const within = <Result>(work: () => Result) =>
    asCorrelated(undertaking, () => context.with(trace.setSpan(ROOT_CONTEXT, span), work));
  await within(async () => {
    const refusal = await answerCall(method, call, () => faults.pass(gone.signal)).then(
      (body) => void done(null, body),
      (error: unknown) => refuse(error, requestId, own),
    );
    if (refusal) done(refusal);
    const code = refusal?.code ?? status.OK;
    endRpcSpan(span, code, isServerFault(code), refusal?.details);
    const durationMs = performance.now() - startedMs;
    durations.observe({ rpc_method: method.name, rpc_response_status_code: status[code] }, durationMs / 1_000);
    own.info({ rpc: method.name, code: status[code], durationMs: Math.round(durationMs) }, method.name);
  });
}

async function answerCall(method: RpcMethod, call: Call, passFaults: () => Promise<void>): Promise<object> {
  const refusal = refuseForeignHost({ host: call.getHost() });
  if (refusal) throw new ServiceError('FORBIDDEN', refusal);
  await passFaults();
  return workWithin(leftOf(call), () => method.answer(call.request));
}

/** Undefined for a caller who waits for ever. */
function leftOf(call: Call): number | undefined {
  const leftMs = Number(call.getDeadline()) - Date.now();
  return Number.isFinite(leftMs) ? leftMs : undefined;
}

function refuse(error: unknown, requestId: string, log: Log) {
  const problem = describeError(error);
  if (problem.status >= 500) log.error({ err: error }, problem.detail);
  const metadata = new Metadata();
  metadata.set(PROBLEM_STATUS, String(problem.status));
  return { code: rpcCodeOf(problem.status), details: problem.detail, metadata };
}

function callerOf(metadata: Metadata) {
  return propagation.extract(ROOT_CONTEXT, metadata, {
    get: (carrier, key) => readText(carrier, key),
    keys: (carrier) => Object.keys(carrier.getMap()),
  });
}

function readText(metadata: Metadata, key: string): string | undefined {
  return metadata.get(key)[0]?.toString();
}
