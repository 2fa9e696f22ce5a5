import { AggregationTemporalityPreference } from '@opentelemetry/exporter-metrics-otlp-http';
import { SpanKind } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { Client, compressionAlgorithms, credentials, status, type Metadata, type ServiceError } from '@grpc/grpc-js';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StreamBook } from '#server/decode/stream-book.ts';
import { encode, otlpRoot, TraceRequestType } from '#server/decode/testing/otlp-root.ts';
import { createLog } from '#server/log.ts';
import { WalRefusal } from '#server/wal/refusal.ts';
import { createGrpcServer, MESSAGE_BYTES_MAX, type GrpcServer } from './grpc-server.ts';
import { InFlight, Turnstile } from './in-flight.ts';
import { receiveLogs } from './receive-logs.ts';
import { receiveMetrics } from './receive-metrics.ts';
import { receiveTraces } from './receive-traces.ts';
import { Senders } from './senders.ts';
import { openStoreDouble, type StoreDouble } from './testing/open-store-double.ts';
import { expectRecorded, recordMetrics } from './testing/record-metrics.ts';
import { openReceiving } from './testing/open-receiving.ts';

const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

let store: StoreDouble;
let server: GrpcServer;
let address: string;
let client: Client;
let inFlight: InFlight;
let isRefusing: boolean;
let answered: string[];

beforeEach(async () => {
  isRefusing = false;
  answered = [];
  store = openStoreDouble();
  inFlight = new InFlight(1_000_000);
  const wal: typeof store.wal = {
    ...store.wal,
    append: (...args) => (isRefusing ? Promise.reject(new WalRefusal('store_behind')) : store.wal.append(...args)),
  };
  server = createGrpcServer({
    signals: [
      receiveTraces(wal, openReceiving()),
      receiveMetrics(wal, openReceiving(), new StreamBook()),
      receiveLogs(wal, openReceiving(), { onTransitions: ignore, onEvents: ignore }),
    ],
    inFlight,
    turnstile: new Turnstile(),
    senders: new Senders(),
    log: createLog('test', 'silent'),
    onAnswered: (signal, code) => answered.push(`${signal} ${code}`),
  });
  const port = await server.listen({ host: '127.0.0.1', port: 0, variable: 'X', purpose: 'tests' });
  address = `127.0.0.1:${port}`;
  client = new Client(address, credentials.createInsecure());
});
afterEach(async () => {
  client.close();
  await server.stop(500);
  await store.close();
});

const ignore = () => {};
const asItIs = (bytes: Buffer) => bytes;

interface Answer {
  error: ServiceError | null;
  bytes: Buffer | undefined;
}

function call(body: Uint8Array, path = TRACES, from = client): Promise<Answer> {
  return new Promise((resolve) => {
    from.makeUnaryRequest(path, asItIs, asItIs, Buffer.from(body), (error, bytes) => resolve({ error, bytes }));
  });
}

const span = (more: object = {}) => ({
  traceId: Buffer.alloc(16, 1),
  spanId: Buffer.alloc(8, 2),
  name: 'work',
  startTimeUnixNano: `${Date.now()}000000`,
  ...more,
});
const traces = (...spans: object[]) => encode(TraceRequestType, { resourceSpans: [{ scopeSpans: [{ spans }] }] });

/** Seconds of the RetryInfo in the status of a refusal, found in its bytes as a client finds it. */
function retryAfter(metadata: Metadata): number | undefined {
  const [bytes] = metadata.get('grpc-status-details-bin');
  if (bytes === undefined) return undefined;
  expect(bytes.toString()).toContain('type.googleapis.com/google.rpc.RetryInfo');
  // Any.value { RetryInfo.retry_delay { Duration.seconds } } ends the message.
  const tail = (bytes as Buffer).subarray(-6);
  expect([...tail.subarray(0, 5)]).toEqual([0x12, 4, 0x0a, 2, 0x08]);
  return tail[5];
}

describe('OTLP over gRPC', () => {
  it.each([
    ['gzip', CompressionAlgorithm.GZIP],
    ['no compression', CompressionAlgorithm.NONE],
  ])('keeps spans and logs of the official exporters, with %s', async (_, compression) => {
    const options = { url: `http://${address}`, compression };
    const tracers = new BasicTracerProvider({
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(options))],
    });
    for (let n = 0; n < 100; n++) tracers.getTracer('arm').startSpan(`move ${n}`, { kind: SpanKind.SERVER }).end();
    await tracers.forceFlush();
    const logs = new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(options) })],
    });
    logs.getLogger('arm').emit({ severityNumber: SeverityNumber.INFO, body: 'moved' });
    await logs.forceFlush();
    await Promise.all([tracers.shutdown(), logs.shutdown()]);
    expect(answered).toEqual(['traces OK', 'logs OK']);
    await store.wal.close(1_000);
    expect(store.rows('spans')).toHaveLength(100);
    expect(store.rows('logs')).toMatchObject([{ body: 'moved' }]);
  });

  it('keeps metrics of the official exporter', async () => {
    const temporalityPreference = AggregationTemporalityPreference.DELTA;
    await recordMetrics(new OTLPMetricExporter({ url: `http://${address}`, temporalityPreference }));
    await store.wal.close(1_000);
    expectRecorded(store.samples(), store.histograms());
  });

  it('answers nothing to a success, and a partial success when spans are rejected', async () => {
    expect(await call(traces(span()))).toEqual({ error: null, bytes: Buffer.alloc(0) });
    expect(await call(new Uint8Array())).toEqual({ error: null, bytes: Buffer.alloc(0) });
    const { bytes } = await call(traces(span(), span({ spanId: Buffer.alloc(8) })));
    const response = otlpRoot.lookupType('otlp.ExportTraceServiceResponse').decode(bytes!);
    expect(response.toJSON()).toEqual({
      partialSuccess: {
        rejectedSpans: '1',
        errorMessage: expect.stringContaining('1 × a span id must not be all zero'),
      },
    });
  });

  it('refuses with a reason what is no OTLP, for good', async () => {
    const { error } = await call(Buffer.from('hello'));
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, details: expect.stringContaining('Broken protobuf') });
    expect(retryAfter(error!.metadata)).toBeUndefined();
    expect((await call(traces(span()), '/opentelemetry.Nothing/Export')).error).toMatchObject({
      code: status.UNIMPLEMENTED,
    });
  });

  it('answers UNAVAILABLE with a time to wait while nothing can be kept', async () => {
    isRefusing = true;
    const { error } = await call(traces(span()));
    expect(error).toMatchObject({ code: status.UNAVAILABLE, details: expect.stringContaining('telemetry store') });
    expect(retryAfter(error!.metadata)).toBe(2);
    const [bytes] = error!.metadata.get('grpc-status-details-bin');
    const decoded = otlpRoot.lookupType('otlp.RpcStatus').decode(bytes as Buffer);
    expect(decoded.toJSON()).toEqual({ code: status.UNAVAILABLE, message: error!.details });
    isRefusing = false;
    expect((await call(traces(span()))).error).toBeNull();
    expect(answered).toEqual(['traces UNAVAILABLE', 'traces OK']);
  });

  it('answers RESOURCE_EXHAUSTED with a time to wait when too much is in the works, and without one for too large a message', async () => {
    inFlight.take(999_999);
    const busy = await call(traces(span()));
    expect(busy.error).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(retryAfter(busy.error!.metadata)).toBe(1);
    inFlight.give(999_999);
    expect((await call(traces(span()))).error).toBeNull();

    const large = await call(Buffer.alloc(MESSAGE_BYTES_MAX + 1));
    expect(large.error).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(retryAfter(large.error!.metadata)).toBeUndefined();
    const packing = new Client(address, credentials.createInsecure(), {
      'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
    });
    const bomb = await call(Buffer.alloc(MESSAGE_BYTES_MAX * 8), TRACES, packing);
    packing.close();
    expect(bomb.error).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  it('names a port that is taken', async () => {
    const other = createGrpcServer({
      signals: [],
      inFlight,
      turnstile: new Turnstile(),
      senders: new Senders(),
      log: createLog('test', 'silent'),
    });
    const port = Number(address.split(':')[1]);
    const taken = { host: '127.0.0.1', port, variable: 'OTLP_GRPC_PORT', purpose: 'OTLP over gRPC' };
    await expect(other.listen(taken)).rejects.toThrow(
      `Port ${port} is taken, and the collector needs it for OTLP over gRPC`,
    );
    await other.stop(100);
  });
});
