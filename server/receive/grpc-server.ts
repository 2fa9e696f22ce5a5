import { logVerbosity, Metadata, Server, ServerCredentials, setLogVerbosity, status } from '@grpc/grpc-js';
import { SpanKind } from '@opentelemetry/api';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { Log } from '#server/log.ts';
import { inSpan } from '#server/tracing/in-span.ts';
import { encodeOutcome, encodeStatus, rpcCode, type HttpRefusal } from './answer.ts';
import type { InFlight, Turnstile } from './in-flight.ts';
import { explainListenError, type Address } from './listen.ts';
import type { Senders } from './senders.ts';
import type { Signal } from './signal.ts';
import { refuseForMemory, toRefusal } from './to-refusal.ts';

/** After decompression. gRPC's own default is 4 MiB; some senders are set to more. */
export const MESSAGE_BYTES_MAX = 16 * 1024 ** 2;
/** Of one connection. Messages that are still arriving are not counted by `inFlight`. */
const STREAMS_MAX = 32;

const PATHS: Record<Signal['name'], string> = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
};

export interface GrpcServerOptions {
  signals: readonly Signal[];
  inFlight: InFlight;
  turnstile: Turnstile;
  senders: Senders;
  log: Log;
  /** `code` is the name of a gRPC status. */
  onAnswered?: (signal: Signal['name'], code: string, seconds: number, sender: string) => void;
}

export interface GrpcServer {
  listen: (address: Address) => Promise<number>;
  /** Takes no new calls; resolves when the running ones are answered or the time is over. */
  stop: (withinMs: number) => Promise<void>;
}

/** OTLP over gRPC: the same bytes to the same decoders as over HTTP. */
export function createGrpcServer({ signals, log, onAnswered, ...limits }: GrpcServerOptions): GrpcServer {
  // It writes to stderr by itself, past our log, what it hands over as errors anyway.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_concurrent_streams': STREAMS_MAX,
  });
  for (const signal of signals) {
    const handle = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
      const started = performance.now();
      const peer = call.getPeer();
      const attributes = { 'rpc.system.name': 'grpc' };
      void inSpan(PATHS[signal.name].slice(1), { kind: SpanKind.SERVER, root: true, attributes }, () =>
        serve(signal, call.request, peer, limits),
      )
        .then(
          (body) => {
            answer(null, body);
            return status.OK;
          },
          (error: unknown) => {
            const refusal = toRefusal(error, log);
            answer(toServiceError(refusal));
            return rpcCode(refusal);
          },
        )
        .then((code) =>
          onAnswered?.(signal.name, status[code]!, (performance.now() - started) / 1000, limits.senders.of(peer)),
        );
    };
    server.register(PATHS[signal.name], handle, asItIs, asItIs, 'unary');
  }
  return {
    listen: (address) => listen(server, address),
    stop: async (withinMs) => {
      const answered = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, withinMs).unref())]);
      server.forceShutdown();
    },
  };
}

function asItIs(bytes: Buffer): Buffer {
  return bytes;
}

type Limits = Pick<GrpcServerOptions, 'inFlight' | 'turnstile' | 'senders'>;

async function serve(signal: Signal, body: Buffer, peer: string, limits: Limits): Promise<Buffer> {
  const { inFlight, turnstile, senders } = limits;
  const sender = senders.of(peer);
  if (!inFlight.take(body.length, sender)) throw refuseForMemory();
  try {
    const decoded = await turnstile.run(async () => signal.decode(body, Date.now()), sender);
    senders.learn(peer, decoded.source);
    return encodeOutcome(await decoded.keep());
  } finally {
    inFlight.give(body.length, sender);
  }
}

/** RESOURCE_EXHAUSTED says that it can be sent again only by a RetryInfo, and UNAVAILABLE when. */
function toServiceError(refusal: HttpRefusal) {
  const code = rpcCode(refusal);
  const metadata = new Metadata();
  const retryAfter = refusal.headers['retry-after'];
  if (retryAfter !== undefined) {
    metadata.set('grpc-status-details-bin', encodeStatus(code, refusal.message, Number(retryAfter)));
  }
  return { code, details: refusal.message, metadata };
}

function listen(server: Server, address: Address): Promise<number> {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${address.port}`, ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(explainListenError(address, error, /EADDRINUSE/.test(error.message)));
      else resolve(port);
    });
  });
}
