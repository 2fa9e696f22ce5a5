import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StreamBook } from '#server/decode/stream-book.ts';
import { encode, MetricsRequestType, otlpRoot } from '#server/decode/testing/otlp-root.ts';
import { createLog } from '#server/log.ts';
import { WalRefusal } from '#server/wal/refusal.ts';
import { createOtlpServer } from './otlp-server.ts';
import { receiveMetrics } from './receive-metrics.ts';
import { openStoreDouble, type StoreDouble } from './testing/open-store-double.ts';
import { expectRecorded, recordMetrics } from './testing/record-metrics.ts';
import { openReceiving } from './testing/open-receiving.ts';

let store: StoreDouble;
let server: Server;
let url: string;
let isRefusing: boolean;

beforeEach(async () => {
  store = openStoreDouble();
  isRefusing = false;
  const wal: typeof store.wal = {
    ...store.wal,
    append: (table, chunks) =>
      isRefusing && table === 'series' ? Promise.reject(new WalRefusal('disk_full')) : store.wal.append(table, chunks),
  };
  const signals = [receiveMetrics(wal, openReceiving(), new StreamBook())];
  server = createOtlpServer({ signals, log: createLog('test', 'silent') }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});

const TRACE_ID = 'ab'.repeat(16);

const post = async (metrics: object[], type: 'json' | 'x-protobuf') => {
  const request = { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
  const body = type === 'json' ? JSON.stringify(request) : encode(MetricsRequestType, request);
  return fetch(url, { method: 'POST', headers: { 'content-type': `application/${type}` }, body: body as BodyInit });
};

const gauge = (timeUnixNano: string) => ({
  name: 'g',
  gauge: { dataPoints: [{ timeUnixNano, asDouble: 1, exemplars: [{ timeUnixNano, asDouble: 1, traceId: TRACE_ID }] }] },
});

const sum = (delta: number, timeMs: number) => ({
  name: 'hits',
  sum: {
    aggregationTemporality: 1,
    isMonotonic: true,
    dataPoints: [{ timeUnixNano: `${timeMs}000000`, asInt: String(delta) }],
  },
});

describe('POST /v1/metrics', () => {
  it.each([
    ['JSON', OTLPMetricExporter, AggregationTemporalityPreference.CUMULATIVE],
    ['JSON, as deltas', OTLPMetricExporter, AggregationTemporalityPreference.DELTA],
    ['protobuf', ProtoMetricExporter, AggregationTemporalityPreference.CUMULATIVE],
    ['protobuf, as deltas', ProtoMetricExporter, AggregationTemporalityPreference.DELTA],
  ])('keeps what the official exporter sends in %s', async (_, Exporter, temporalityPreference) => {
    await recordMetrics(new Exporter({ url, temporalityPreference }));
    await expect.poll(() => store.rows('samples').length).toBeGreaterThan(20);
    await store.wal.close(1_000);
    expectRecorded(store.samples(), store.histograms());
  });

  it('tells of rejected points, and keeps the exemplars of the others', async () => {
    const metrics = [gauge(`${Date.now()}000000`), gauge('1')];
    const json = await post(metrics, 'json');
    expect(json.status).toBe(200);
    const { partialSuccess } = (await json.json()) as { partialSuccess: Record<string, string> };
    expect(partialSuccess['rejectedDataPoints']).toBe('1');
    expect(partialSuccess['errorMessage']).toMatch(/^1 × the time is over [^;]*$/);
    const proto = await post(metrics, 'x-protobuf');
    const bytes = Buffer.from(await proto.arrayBuffer());
    const answer = otlpRoot.lookupType('otlp.ExportMetricsServiceResponse').decode(bytes);
    expect(answer.toJSON()).toEqual({ partialSuccess });
    await store.wal.close(1_000);
    expect(store.rows('exemplars').map((row) => row['labels'])).toEqual([[['trace_id', TRACE_ID]]]);
  });

  it('counts a delta once that it first refuses and then takes', async () => {
    const nowMs = Date.now();
    expect((await post([sum(5, nowMs)], 'json')).status).toBe(200);
    isRefusing = true;
    const refused = await post([sum(7, nowMs + 1)], 'json');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    isRefusing = false;
    expect((await post([sum(7, nowMs + 1)], 'json')).status).toBe(200);
    expect((await post([sum(1, nowMs + 2)], 'json')).status).toBe(200);
    await store.wal.close(1_000);
    expect(store.samples().at(-1)).toMatchObject({ name: 'hits_total', value: 13 });
    expect(new Set(store.samples().map(({ value }) => value))).toEqual(new Set([5, 12, 13]));
  });
});
