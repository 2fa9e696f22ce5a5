import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSeries, writeSample, writeSeries, writeStaleMarker } from '#server/decode/metric-rows.ts';
import { writeHistogramSample } from '#server/decode/histogram-row.ts';
import { readHistograms } from '#server/decode/testing/read-histograms.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import { encode, LogsRequestType, TraceRequestType } from '#server/decode/testing/otlp-root.ts';
import { createLog } from '#server/log.ts';
import { hasPrometheus, startPeerPrometheus, type PeerPrometheus } from '#server/promql/testing/peer-prometheus.ts';
import { openStoreDouble, type StoreDouble } from '#server/receive/testing/open-store-double.ts';
import { startDoors, type DoorsDouble } from '#server/receive/testing/start-doors.ts';
import { readDestinations } from './destination.ts';
import { runForwarding, type Forwarding } from './run-forwarding.ts';

const PATIENT = { timeout: 30_000 };
let dir: string;
let forwarding: Forwarding | undefined;
let counts: Record<string, number>;
const stops: (() => unknown)[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-forward-'));
  counts = {};
});
afterEach(async () => {
  await forwarding?.stop();
  forwarding = undefined;
  for (const stop of stops.splice(0)) await stop();
  rmSync(dir, { recursive: true, force: true });
});

function forward(urls: { otlpUrl?: string; remoteWriteUrl?: string }, bytesMax = 2 ** 24): Forwarding {
  forwarding = runForwarding({
    destinations: readDestinations({
      text: undefined,
      variables: {},
      otlpUrl: urls.otlpUrl,
      remoteWriteUrl: urls.remoteWriteUrl,
    }),
    dir,
    bytesMax,
    allowPrivate: false,
    log: createLog('test', 'silent'),
    onItems: (...[destination, signal, outcome, items]) => {
      const key = `${destination} ${signal} ${outcome}`;
      counts[key] = (counts[key] ?? 0) + items;
    },
  });
  return forwarding;
}

async function listen(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const now = () => `${Date.now()}000000`;
const traces = (name: string) =>
  encode(TraceRequestType, {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: Buffer.alloc(16, 1),
                spanId: Buffer.alloc(8, 2),
                name,
                startTimeUnixNano: now(),
                endTimeUnixNano: now(),
              },
            ],
          },
        ],
      },
    ],
  });
const logs = () =>
  encode(LogsRequestType, {
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: now(), body: { stringValue: 'moved' } }] }] }],
  });

describe('to a second collector', () => {
  let second: DoorsDouble;
  beforeEach(async () => {
    second = await startDoors();
    stops.push(() => second.stop());
  });

  it('sends on what came by OTLP, many requests as one', async () => {
    const { onKept } = forward({ otlpUrl: second.url });
    for (let n = 0; n < 20; n++) onKept('traces', traces(`span ${n}`), 1);
    onKept('logs', logs(), 1);
    await expect.poll(() => counts, PATIENT).toEqual({ 'otlp traces sent': 20, 'otlp logs sent': 1 });
    await second.store.wal.close(1_000);
    expect(second.store.rows('spans').map(({ name }) => name)).toEqual(
      Array.from({ length: 20 }, (_, n) => `span ${n}`),
    );
    expect(second.store.rows('logs')).toMatchObject([{ body: 'moved' }]);
  });

  it('keeps what nobody takes over a restart, and sends it when somebody does', async () => {
    let requests = 0;
    const busy = await listen((_, response) => {
      requests++;
      response.writeHead(503, { 'retry-after': '1' }).end();
    });
    const first = forward({ otlpUrl: busy });
    first.onKept('traces', traces('kept'), 1);
    await expect.poll(() => requests, PATIENT).toBeGreaterThan(0);
    expect(first.waitingBytes().get('otlp')).toBeGreaterThan(0);
    await first.stop();
    expect(counts).toEqual({});
    forward({ otlpUrl: second.url });
    await expect.poll(() => counts, PATIENT).toEqual({ 'otlp traces sent': 1 });
    await second.store.wal.close(1_000);
    expect(second.store.rows('spans')).toMatchObject([{ name: 'kept' }]);
  });

  it('drops what is new when there is no room, counts it, and returns at once', async () => {
    const silent = await listen(() => {});
    const { onKept, waitingBytes } = forward({ otlpUrl: silent }, 2_000);
    for (let n = 0; n < 100; n++) {
      onKept('traces', traces(`span ${n}`), 1);
      if (n % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await forwarding!.stop();
    expect(waitingBytes().get('otlp')).toBeLessThanOrEqual(2_000);
    const big = Buffer.concat(Array.from({ length: 200 }, (_, n) => traces(`x${n} ${Math.random()}`)));
    const again = forward({ otlpUrl: silent }, 2_000);
    again.onKept('traces', big, 200);
    await expect.poll(() => counts['otlp traces dropped'], PATIENT).toBeGreaterThanOrEqual(200);
  });

  it('counts as failed what is refused for good, and goes on', async () => {
    let requests = 0;
    const picky = await listen((request, response) => {
      request.resume();
      request.once('end', () => response.writeHead(requests++ === 0 ? 400 : 200).end());
    });
    const { onKept } = forward({ otlpUrl: picky });
    onKept('traces', traces('bad'), 3);
    await expect.poll(() => counts, PATIENT).toEqual({ 'otlp traces failed': 3 });
    onKept('traces', traces('good'), 2);
    await expect.poll(() => counts, PATIENT).toEqual({ 'otlp traces failed': 3, 'otlp traces sent': 2 });
  });

  it('does not reach into private networks unless it is told to', async () => {
    const { onKept } = forward({ otlpUrl: 'https://10.0.0.1:4318' });
    onKept('traces', traces('x'), 1);
    await expect.poll(() => counts, PATIENT).toEqual({ 'otlp traces failed': 1 });
  });
});

describe('by remote write', () => {
  let store: StoreDouble;
  beforeEach(() => {
    store = openStoreDouble();
    stops.push(() => store.close());
  });

  const up = createSeries('up', [
    ['job', 'shop'],
    ['instance', 'ä:1'],
  ]);
  const append = async (url: string, timestampMs: number) => {
    const wal = forward({ remoteWriteUrl: `${url}/api/v1/write` }).tap(store.wal);
    const [series, samples] = [new RowSink(), new RowSink()];
    writeSeries(series, up, { type: 'gauge', help: 'h', unit: 'u' }, timestampMs);
    for (let n = 0; n < 3; n++) writeSample(samples, up, timestampMs + n * 1_000, n + 0.5);
    writeStaleMarker(samples, up, timestampMs + 3_000);
    writeSample(samples, createSeries('unannounced', []), timestampMs, 1);
    await Promise.all([wal.append('series', series.chunks()), wal.append('samples', samples.chunks())]);
  };

  it('sends samples with the labels of their series to a second collector, stale markers too', async () => {
    const second = await startDoors();
    stops.push(() => second.stop());
    const timestampMs = Date.now() - 10_000;
    await append(second.url, timestampMs);
    await expect
      .poll(() => counts, PATIENT)
      .toEqual({ 'remote-write samples sent': 4, 'remote-write samples dropped': 1 });
    await second.store.wal.close(1_000);
    const labels = { job: 'shop', instance: 'ä:1' };
    expect(second.store.samples()).toMatchObject(
      [0.5, 1.5, 2.5, Number.NaN].map((value, n) => ({
        name: 'up',
        labels,
        value,
        timestampMs: timestampMs + n * 1_000,
      })),
    );
  });

  it('sends native histograms as such, whole counts and broken ones', async () => {
    const second = await startDoors();
    stops.push(() => second.stop());
    const timestampMs = Date.now() - 10_000;
    const wal = forward({ remoteWriteUrl: `${second.url}/api/v1/write` }).tap(store.wal);
    const [series, histograms] = [new RowSink(), new RowSink()];
    writeSeries(series, up, { type: 'histogram', help: 'h', unit: 'u' }, timestampMs);
    const whole = {
      schema: -2,
      resetHint: 3,
      zeroThreshold: 0.001,
      zeroCount: 2,
      count: 15,
      sum: -7.5,
      positive: { offset: -9, counts: [3, 0, 0, 0, 1, 5] },
      negative: { offset: 2, counts: [4] },
      bounds: [],
    };
    const broken = {
      ...whole,
      schema: -53,
      zeroCount: 0,
      count: 2.5,
      bounds: [1, 2.5],
      positive: { offset: 1, counts: [2, 0.5] },
      negative: { offset: 0, counts: [] },
    };
    writeHistogramSample(histograms, up, timestampMs, whole);
    writeHistogramSample(histograms, up, timestampMs + 1, broken);
    await Promise.all([wal.append('series', series.chunks()), wal.append('histograms', histograms.chunks())]);
    await expect.poll(() => counts, PATIENT).toEqual({ 'remote-write samples sent': 2 });
    await second.store.wal.close(1_000);
    expect(second.store.histograms()).toEqual(readHistograms(histograms.chunks()));
    expect(second.store.histograms()).toMatchObject([
      {
        positive: [
          [-9, 3],
          [-5, 1],
          [-4, 5],
        ],
        negative: [[2, 4]],
      },
      {
        positive: [
          [1, 2],
          [2, 0.5],
        ],
        bounds: [1, 2.5],
      },
    ]);
  });

  it.skipIf(!hasPrometheus())(
    'sends to a real Prometheus (skipped where there is none: apt-get install prometheus)',
    { timeout: 90_000 },
    async () => {
      const prometheus: PeerPrometheus = await startPeerPrometheus();
      stops.push(() => prometheus.stop());
      const timestampMs = Date.now() - 10_000;
      await append(prometheus.url, timestampMs);
      await expect.poll(() => counts['remote-write samples sent'], PATIENT).toBe(4);
      const ask = async (query: string) => {
        const response = await fetch(`${prometheus.url}/api/v1/query?${new URLSearchParams({ query })}`);
        return ((await response.json()) as { data: { result: unknown[] } }).data.result;
      };
      expect(await ask('up[1m]')).toMatchObject([
        {
          metric: { __name__: 'up', job: 'shop', instance: 'ä:1' },
          values: [0, 1, 2].map((n) => [(timestampMs + n * 1_000) / 1_000, String(n + 0.5)]),
        },
      ]);
      // The stale marker came as one: nothing is carried on.
      expect(await ask('up')).toEqual([]);
    },
  );
});
