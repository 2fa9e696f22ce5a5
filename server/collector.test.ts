import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
import { startTestEngine, type TestEngine } from './engine/testing.ts';
import { LIVE_CHANNEL } from './live/channel.ts';
import { createLog } from './log.ts';
import { startTestPostgres, type TestPostgres } from './postgres/testing.ts';
import { recordMetrics } from './receive/testing/record-metrics.ts';
import { createStore, type Store } from './store/client.ts';

let dir: string;
let engine: TestEngine;
let postgres: TestPostgres;
let store: Store;
let listener: pg.Client;
let gateway: Server;
let circuitsAnswer: object = { service: 'gateway', instance: 'gateway-1', circuits: [] };
const hints: Record<string, unknown>[] = [];

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-collector-'));
  [engine, postgres] = await Promise.all([startTestEngine(), startTestPostgres()]);
  store = createStore({ url: engine.url, database: 'switchyard', log: createLog('test', 'silent') });
  listener = new pg.Client({ connectionString: postgres.url });
  await listener.connect();
  await listener.query(`LISTEN ${LIVE_CHANNEL}`);
  listener.on('notification', ({ payload }) => hints.push(JSON.parse(payload!)));
  gateway = createServer((request, response) => {
    if (request.url === '/metrics') {
      response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
        .end('# TYPE hits counter\nhits{path="/"} 3\n');
    } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(circuitsAnswer));
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  mkdirSync(path.join(dir, 'config'));
  const { port } = gateway.address() as AddressInfo;
  writeFileSync(
    path.join(dir, 'config/targets.yaml'),
    `scrape_configs: [{ job_name: gateway, static_configs: [{ targets: ["127.0.0.1:${port}"] }], scrape_interval: 500ms, circuits: true }]`,
  );
});
afterAll(async () => {
  gateway?.closeAllConnections();
  gateway?.close();
  await listener?.end();
  await store?.close();
  await Promise.all([engine?.stop(), postgres?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

interface Collector {
  url: string;
  adminUrl: string;
  grpcUrl: string;
  child: ChildProcess;
  output: () => string;
}

let running: Collector | undefined;
afterEach(async () => {
  if (!running || running.child.exitCode !== null || running.child.signalCode !== null) return;
  const exited = once(running.child, 'exit');
  running.child.kill('SIGKILL');
  await exited;
});

function spawnCollector(env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'collector.ts')],
    {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        DATA_DIR: path.join(dir, 'data'),
        CONFIG_DIR: path.join(dir, 'config'),
        OTLP_GRPC_PORT: '0',
        OTLP_HTTP_PORT: '0',
        COLLECTOR_ADMIN_PORT: '0',
        CLICKHOUSE_URL: engine.url,
        DATABASE_URL: postgres.url,
        CIRCUIT_POLL_INTERVAL_MS: '500',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

async function startCollector(env: Record<string, string> = {}): Promise<Collector> {
  const { child, output } = spawnCollector(env);
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(20)) {
    const ready = /"port":(\d+),"adminPort":(\d+),"grpcPort":(\d+)[^\n]*"collector ready"/.exec(output());
    if (ready) {
      const [, url, adminUrl, grpcUrl] = ready.map((port) => `http://127.0.0.1:${port}`);
      running = { child, output, url: url!, adminUrl: adminUrl!, grpcUrl: grpcUrl! };
      return running;
    }
    if (child.exitCode !== null) break;
  }
  child.kill('SIGKILL');
  throw new Error(`The collector did not start:\n${output()}`);
}

const resource = (service: string) =>
  resourceFromAttributes({
    'service.name': service,
    'service.instance.id': `${service}-1`,
    'service.version': '1.2.3',
  });

const Count = z.object({ spans: z.number(), ids: z.number() });
async function countSpans(service: string) {
  const sql = 'SELECT count() AS spans, uniqExact(span_id) AS ids FROM spans WHERE service_name = {service:String}';
  // Before the collector has made it there is no table.
  const rows = await store.query({ name: 'count', sql, params: { service }, row: Count }).catch(() => []);
  return rows[0] ?? { spans: 0, ids: 0 };
}

function encodeSpan(service: string, spanId: string): string {
  const nowNs = `${Date.now()}000000`;
  const span = {
    traceId: randomBytes(16).toString('hex'),
    spanId,
    name: 'work',
    kind: 1,
    startTimeUnixNano: nowNs,
    endTimeUnixNano: nowNs,
  };
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] });
}

/** Sends spans one by one until told to stop; answers the ids of those that were acknowledged. */
function sendSpans(url: () => string, service: string) {
  const acknowledged = new Set<string>();
  const stopped = new AbortController();
  const loop = async () => {
    while (!stopped.signal.aborted) {
      const spanId = randomBytes(8).toString('hex');
      try {
        const response = await fetch(`${url()}/v1/traces`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: encodeSpan(service, spanId),
        });
        await response.arrayBuffer();
        if (response.status === 200) acknowledged.add(spanId);
      } catch {
        // The collector was killed: this span was not acknowledged, and may be there or not.
        await sleep(20);
      }
      await sleep(1);
    }
  };
  const loops = Array.from({ length: 4 }, loop);
  return {
    acknowledged,
    stop: async () => {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

const Id = z.object({ id: z.string(), times: z.number() });
async function storedIds(service: string): Promise<Map<string, number>> {
  const sql =
    'SELECT lower(hex(span_id)) AS id, count() AS times FROM spans WHERE service_name = {service:String} GROUP BY id';
  const rows = await store.query({ name: 'ids', sql, params: { service }, row: Id }).catch(() => []);
  return new Map(rows.map(({ id, times }) => [id, times]));
}

async function expectEachOnce(service: string, acknowledged: Set<string>) {
  const missing = async () => {
    const stored = await storedIds(service);
    return [...acknowledged].filter((id) => !stored.has(id));
  };
  await expect.poll(missing, { timeout: 60_000, interval: 200 }).toEqual([]);
  const stored = await storedIds(service);
  expect([...stored].filter(([, times]) => times !== 1)).toEqual([]);
  // As many as a busy machine manages between two kills.
  expect(acknowledged.size).toBeGreaterThan(20);
}

const readPolled = () =>
  store.query({
    name: 'polled',
    sql: `SELECT previous_state, state, reason, source FROM circuit_transitions WHERE name = 'orders' ORDER BY timestamp`,
    row: z.record(z.string(), z.string()),
  });

const readSamples = () =>
  store.query({
    name: 'samples',
    sql: `SELECT DISTINCT metric_name, value, labels['job'] AS job FROM samples INNER JOIN series USING (metric_name, series_id)
      WHERE metric_name IN ('hits', 'up') ORDER BY metric_name`,
    row: z.record(z.string(), z.unknown()),
  });

const readPushed = () =>
  store.query({
    name: 'pushed',
    sql: `SELECT metric_name, argMax(value, timestamp) AS value, any(labels['job']) AS job, any(type) AS type FROM samples
      INNER JOIN series USING (metric_name, series_id)
      WHERE metric_name IN ('grips_total', 'written') GROUP BY metric_name ORDER BY metric_name`,
    row: z.record(z.string(), z.unknown()),
  });

describe('the collector', () => {
  it('stores what the official SDK exports, in JSON and in protobuf', async () => {
    const { url } = await startCollector();
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
    await expect.poll(() => countSpans('robot')).toEqual({ spans: 100, ids: 100 });
    const [row] = await store.query({
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
    await expect.poll(() => countSpans('robot')).toEqual({ spans: 200, ids: 100 });
    const distinct = await store.query({
      name: 'distinct',
      sql: `SELECT uniqExact(tuple(*)) AS rows FROM spans WHERE service_name = 'robot'`,
      row: z.object({ rows: z.number() }),
    });
    expect(distinct).toEqual([{ rows: 100 }]);
    await provider.shutdown();
  });

  it('stores logs, and makes a transition readable and known within moments of its arrival', async () => {
    const { url } = await startCollector();
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
    const rows = await store.query({
      name: 'transitions',
      sql: `SELECT name, state, failures, source, arrayMap(id -> lower(hex(id)), trace_ids) AS ids FROM circuit_transitions WHERE name = 'payments'`,
      row: z.record(z.string(), z.unknown()),
    });
    expect(rows).toEqual([
      { name: 'payments', state: 'open', failures: 5, source: 'push', ids: ['0af7651916cd43dd8448eb211c80319c'] },
    ]);
    const logs = await store.query({
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
    const { url, grpcUrl, adminUrl } = await startCollector();
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
    const { url } = await startCollector();
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
    const { adminUrl } = await startCollector();
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
    await startCollector();
    await sleep(2_500);
    const rows = await store.query({
      name: 'again',
      sql: `SELECT count() AS times FROM circuit_transitions WHERE name = 'orders'`,
      row: z.object({ times: z.number() }),
    });
    expect(rows).toEqual([{ times: 2 }]);
  });

  it(
    'keeps every acknowledged span exactly once while the engine is killed and comes back',
    { timeout: 180_000 },
    async () => {
      const { url } = await startCollector();
      const sender = sendSpans(() => url, 'engine-dies');
      for (let kill = 0; kill < 3; kill++) {
        await sleep(300 + Math.random() * 700);
        await engine.kill();
        const before = sender.acknowledged.size;
        await sleep(500);
        // Nobody notices that the store is away.
        expect(sender.acknowledged.size).toBeGreaterThan(before);
        await engine.restart();
      }
      await sender.stop();
      await expectEachOnce('engine-dies', sender.acknowledged);
    },
  );

  it(
    'keeps every acknowledged span exactly once while it is itself killed and started again',
    { timeout: 180_000 },
    async () => {
      let collector = await startCollector();
      const sender = sendSpans(() => collector.url, 'collector-dies');
      for (let kill = 0; kill < 5; kill++) {
        await sleep(200 + Math.random() * 800);
        const exited = once(collector.child, 'exit');
        collector.child.kill('SIGKILL');
        await exited;
        collector = await startCollector();
      }
      await sender.stop();
      await expectEachOnce('collector-dies', sender.acknowledged);
    },
  );

  it('takes telemetry before there is an engine, and stores it when there is one', { timeout: 180_000 }, async () => {
    const late = await startTestEngine();
    await late.kill();
    const other = createStore({ url: late.url, database: 'switchyard', log: createLog('test', 'silent') });
    try {
      const { url } = await startCollector({ CLICKHOUSE_URL: late.url, DATA_DIR: path.join(dir, 'early') });
      const response = await fetch(`${url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: encodeSpan('early', 'b7ad6b7169203331'),
      });
      expect(response.status).toBe(200);
      await late.restart();
      const read = () =>
        other
          .query({ name: 'early', sql: 'SELECT service_name FROM spans', row: z.object({ service_name: z.string() }) })
          .catch(() => []);
      await expect.poll(read, { timeout: 60_000 }).toEqual([{ service_name: 'early' }]);
    } finally {
      await other.close();
      await late.stop();
    }
  });

  it('stops within five seconds, and has sent what it had', async () => {
    const { url, child } = await startCollector();
    const body = encodeSpan('goodbye', 'b7ad6b7169203331');
    await fetch(`${url}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const started = performance.now();
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await countSpans('goodbye')).toEqual({ spans: 1, ids: 1 });
  });

  it.each([
    ['OTLP_HTTP_PORT', 'OTLP over HTTP'],
    ['OTLP_GRPC_PORT', 'OTLP over gRPC'],
    ['COLLECTOR_ADMIN_PORT', 'its own metrics and health'],
  ])('names the port of %s when it is taken', async (variable, purpose) => {
    const { port } = gateway.address() as AddressInfo;
    const { child, output } = spawnCollector({ [variable]: String(port) });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toContain(`Port ${port} is taken, and the collector needs it for ${purpose}`);
    expect(output()).toContain(`${variable}=<port>`);
  });

  it('does not start without its targets', async () => {
    const { child, output } = spawnCollector({ CONFIG_DIR: path.join(dir, 'nowhere') });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toContain('targets.yaml is missing');
  });
});
