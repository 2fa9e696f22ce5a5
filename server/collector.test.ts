import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import pg from 'pg';
import snappyjs from 'snappyjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encode } from './decode/testing/otlp-root.ts';
import { toWriteRequest, WriteRequestType } from './decode/testing/remote-write-proto.ts';
import { LIVE_CHANNEL } from './live/channel.ts';
import { recordMetrics } from './receive/testing/record-metrics.ts';
import { startCollectorLab, type CollectorLab } from './testing/collector-lab.ts';

let lab: CollectorLab;
let listener: pg.Client;
let gateway: Server;
let circuitsAnswer: object = { service: 'gateway', instance: 'gateway-1', circuits: [] };
const hints: Record<string, unknown>[] = [];

beforeAll(async () => {
  gateway = createServer((request, response) => {
    if (request.url === '/metrics') {
      response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
        .end('# TYPE hits counter\nhits{path="/"} 3\n');
    } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(circuitsAnswer));
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const { port } = gateway.address() as AddressInfo;
  lab = await startCollectorLab(
    `[{ job_name: gateway, static_configs: [{ targets: ["127.0.0.1:${port}"] }], scrape_interval: 500ms, circuits: true }]`,
  );
  listener = new pg.Client({ connectionString: lab.postgres.url });
  await listener.connect();
  await listener.query(`LISTEN ${LIVE_CHANNEL}`);
  listener.on('notification', ({ payload }) => hints.push(JSON.parse(payload!)));
});
afterEach(() => lab.killCollectors());
afterAll(async () => {
  gateway?.closeAllConnections();
  gateway?.close();
  await listener?.end();
  await lab?.stop();
});

const resource = (service: string) =>
  resourceFromAttributes({
    'service.name': service,
    'service.instance.id': `${service}-1`,
    'service.version': '1.2.3',
  });

const readPolled = () =>
  lab.store.query({
    name: 'polled',
    sql: `SELECT previous_state, state, reason, source FROM circuit_transitions WHERE name = 'orders' ORDER BY timestamp`,
    row: z.record(z.string(), z.string()),
  });

const readSamples = () =>
  lab.store.query({
    name: 'samples',
    sql: `SELECT DISTINCT metric_name, value, labels['job'] AS job FROM samples INNER JOIN series USING (metric_name, series_id)
      WHERE metric_name IN ('hits', 'up') ORDER BY metric_name`,
    row: z.record(z.string(), z.unknown()),
  });

const readPushed = () =>
  lab.store.query({
    name: 'pushed',
    sql: `SELECT metric_name, argMax(value, timestamp) AS value, any(labels['job']) AS job, any(type) AS type FROM samples
      INNER JOIN series USING (metric_name, series_id)
      WHERE metric_name IN ('grips_total', 'written') GROUP BY metric_name ORDER BY metric_name`,
    row: z.record(z.string(), z.unknown()),
  });

describe('the collector', () => {
  it('stores what the official SDK exports, in JSON and in protobuf', async () => {
    const { url } = await lab.startCollector();
    const memory = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({
      resource: resource('robot'),
      spanProcessors: [
        new BatchSpanProcessor(new OTLPTraceExporter({ url: `${url}/v1/traces` })),
        new SimpleSpanProcessor(memory),
      ],
    });
    const tracer = provider.getTracer('arm');
    for (let n = 0; n < 100; n++) {
      const span = tracer.startSpan('GET /shelves/:id', {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': 'GET', 'http.response.status_code': 500, list: ['a', 'b'] },
      });
      span.addEvent('jammed', { finger: n });
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'gripper jammed' });
      span.end();
    }
    await provider.forceFlush();
    await expect.poll(() => lab.countSpans('robot')).toEqual({ spans: 100, ids: 100 });
    const [row] = await lab.store.query({
      name: 'row',
      sql: `SELECT name, kind, status_code, status_message, http_request_method, http_response_status_code, service_version,
        scope_name, attributes['list'] AS list, event_names, event_attributes[1]['finger'] AS finger, resource_attributes['service.instance.id'] AS instance
        FROM spans WHERE service_name = 'robot' ORDER BY toUInt8(finger) LIMIT 1`,
      row: z.record(z.string(), z.unknown()),
    });
    expect(row).toEqual({
      name: 'GET /shelves/:id',
      kind: 2,
      status_code: 2,
      status_message: 'gripper jammed',
      http_request_method: 'GET',
      http_response_status_code: 500,
      service_version: '1.2.3',
      scope_name: 'arm',
      list: '["a","b"]',
      event_names: ['jammed'],
      finger: '0',
      instance: 'robot-1',
    });

    // The same spans as protobuf are the same rows again, under other segments.
    const body = ProtobufTraceSerializer.serializeRequest(memory.getFinishedSpans())!;
    const headers = { 'content-type': 'application/x-protobuf' };
    const response = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body: body as BodyInit });
    expect(response.status).toBe(200);
    await expect.poll(() => lab.countSpans('robot')).toEqual({ spans: 200, ids: 100 });
    const distinct = await lab.store.query({
      name: 'distinct',
      sql: `SELECT uniqExact(tuple(*)) AS rows FROM spans WHERE service_name = 'robot'`,
      row: z.object({ rows: z.number() }),
    });
    expect(distinct).toEqual([{ rows: 100 }]);
    await provider.shutdown();
  });

  it('stores logs, and makes a transition readable and known within moments of its arrival', async () => {
    const { url } = await lab.startCollector();
    const provider = new LoggerProvider({
      resource: resource('gateway'),
      processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${url}/v1/logs` }) })],
    });
    const logger = provider.getLogger('breakers');
    logger.emit({ severityNumber: SeverityNumber.INFO, severityText: 'INFO', body: 'nothing special' });
    logger.emit({
      eventName: 'switchyard.circuit.transition',
      severityNumber: SeverityNumber.WARN,
      body: 'payments is open',
      attributes: {
        'circuit_breaker.name': 'payments',
        'circuit_breaker.state': 'open',
        'circuit_breaker.previous_state': 'closed',
        'circuit_breaker.failures': 5,
        'circuit_breaker.trace_ids': ['0af7651916cd43dd8448eb211c80319c'],
      },
    });
    await provider.forceFlush();
    await expect.poll(() => hints.filter((hint) => hint['name'] === 'payments'), { interval: 5 }).toHaveLength(1);
    expect(hints.at(-1)).toMatchObject({
      kind: 'circuit',
      name: 'payments',
      reporter: 'gateway',
      instance: 'gateway-1',
      state: 'open',
    });
    // The hint comes after the fact: whoever is woken finds it.
    const rows = await lab.store.query({
      name: 'transitions',
      sql: `SELECT name, state, failures, source, arrayMap(id -> lower(hex(id)), trace_ids) AS ids FROM circuit_transitions WHERE name = 'payments'`,
      row: z.record(z.string(), z.unknown()),
    });
    expect(rows).toEqual([
      { name: 'payments', state: 'open', failures: 5, source: 'push', ids: ['0af7651916cd43dd8448eb211c80319c'] },
    ]);
    const logs = await lab.store.query({
      name: 'logs',
      sql: `SELECT body, event_name FROM logs WHERE service_name = 'gateway' ORDER BY body`,
      row: z.object({ body: z.string(), event_name: z.string() }),
    });
    expect(logs).toEqual([
      { body: 'nothing special', event_name: '' },
      { body: 'payments is open', event_name: 'switchyard.circuit.transition' },
    ]);
    await provider.shutdown();
  });

  it('stores metrics that are pushed over gRPC and by remote write, as series that can be joined', async () => {
    const { url, grpcUrl, adminUrl } = await lab.startCollector();
    await recordMetrics(new OTLPMetricExporter({ url: grpcUrl }));
    const written = toWriteRequest([
      { name: 'written', labels: [['job', 'far']], samples: [{ value: 4, timestamp: Date.now() }] },
    ]);
    const response = await fetch(`${url}/api/v1/write`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
      body: snappyjs.compress(Buffer.from(encode(WriteRequestType, written))) as BodyInit,
    });
    expect(response.status).toBe(204);
    await expect.poll(readPushed).toEqual([
      { metric_name: 'grips_total', value: 6, job: 'warehouse/robot', type: 'counter' },
      { metric_name: 'written', value: 4, job: 'far', type: '' },
    ]);
    const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/switchyard_collector_requests_total\{signal="metrics",status="OK"\} [1-9]/);
    expect(metrics).toMatch(/switchyard_collector_accepted_total\{signal="remote_write"\} 1/);
    expect(metrics).toMatch(/switchyard_collector_known_streams [1-9]/);
  });

  it('tells of processes that died', async () => {
    const { url } = await lab.startCollector();
    const attributes = [{ key: 'process.name', value: { stringValue: 'engine' } }];
    const record = { eventName: 'switchyard.process.exit', body: { stringValue: 'engine died' }, attributes };
    await fetch(`${url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }),
    });
    await expect.poll(() => hints).toContainEqual({ kind: 'process', process: 'engine', message: 'engine died' });
  });

  it('scrapes its targets, and finds by polling what was not pushed', async () => {
    const circuit = { service: 'orders', state: 'closed', since: '2026-01-01T00:00:00Z', failures: 0, threshold: 5 };
    const answer = (state: string) => ({
      service: 'gateway',
      instance: 'gateway-1',
      circuits: [{ ...circuit, state }],
    });
    circuitsAnswer = answer('closed');
    const { adminUrl } = await lab.startCollector();
    const first = { previous_state: 'closed', state: 'closed', reason: 'first seen', source: 'poll' };
    await expect.poll(readPolled).toEqual([first]);
    circuitsAnswer = { ...answer('open'), circuits: [{ ...circuit, state: 'open', since: Date.now() }] };
    const missed = { previous_state: 'closed', state: 'open', reason: 'found by polling', source: 'poll' };
    await expect.poll(readPolled).toEqual([first, missed]);
    await expect.poll(() => hints).toContainEqual(expect.objectContaining({ name: 'orders', state: 'open' }));

    await expect.poll(readSamples).toEqual(
      // A scrape on a busy machine may be late once, and then `up` was 0 too.
      expect.arrayContaining([
        { metric_name: 'hits', value: 3, job: 'gateway' },
        { metric_name: 'up', value: 1, job: 'gateway' },
      ]),
    );
    const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/switchyard_collector_scrapes_total\{job="gateway",outcome="ok"\} [1-9]/);
    expect(metrics).toMatch(/switchyard_collector_inserted_rows_total\{table="samples"\} [1-9]/);
    expect((await fetch(`${adminUrl}/readyz`)).status).toBe(200);
  });

  it('knows from the store what it had polled before a restart', async () => {
    await lab.startCollector();
    await sleep(2_500);
    const rows = await lab.store.query({
      name: 'again',
      sql: `SELECT count() AS times FROM circuit_transitions WHERE name = 'orders'`,
      row: z.object({ times: z.number() }),
    });
    expect(rows).toEqual([{ times: 2 }]);
  });
});
