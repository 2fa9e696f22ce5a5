import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeTraces } from '#server/decode/decode-traces.ts';
import { encode, TraceRequestType } from '#server/decode/testing/otlp-root.ts';
import { createLog } from '#server/log.ts';
import { openStoreDouble, type StoreDouble } from '#server/receive/testing/open-store-double.ts';
import { runSpanMetrics, type SpanMetrics } from './run-span-metrics.ts';
import type { SpanLimits } from './span-catalogue.ts';

const START_MS = Date.UTC(2026, 10, 21, 9);
const TRACE = Buffer.alloc(16, 0xab);
let store: StoreDouble;
let registry: Registry;
let metrics: SpanMetrics;
let nowMs: number;

beforeEach(() => {
  store = openStoreDouble();
  nowMs = START_MS;
});
afterEach(async () => {
  await metrics.stop();
  await store.close();
});

/** An hour between flushes of its own: tests flush when they want to. */
function start(limits?: SpanLimits): void {
  registry = new Registry();
  const log = createLog('test', 'silent');
  metrics = runSpanMetrics({
    wal: store.wal,
    log,
    registry,
    instance: 'c1',
    flushMs: 3_600_000,
    now: () => nowMs,
    ...(limits && { limits }),
  });
}

interface Sent {
  name?: string;
  ms?: number;
  kind?: number;
  status?: number;
  traceState?: string;
}

function send(service: string, ...spans: Sent[]): void {
  const body = encode(TraceRequestType, {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
        scopeSpans: [
          {
            spans: spans.map(({ name = 'GET /a', ms = 30, kind = 2, status = 0, traceState }) => ({
              traceState,
              traceId: TRACE,
              spanId: Buffer.alloc(8, 0xcd),
              name,
              kind,
              status: { code: status },
              startTimeUnixNano: String(BigInt(nowMs) * 1_000_000n),
              endTimeUnixNano: String(BigInt(nowMs) * 1_000_000n + BigInt(Math.round(ms * 1e6))),
            })),
          },
        ],
      },
    ],
  });
  metrics.count(decodeTraces(body, nowMs).facts);
}

async function flush(afterMs = 5_000): Promise<void> {
  nowMs += afterMs;
  await metrics.flush();
}

/** `value@second` of the series of that name whose labels hold these. */
async function samplesOf(name: string, labels: Record<string, string> = {}): Promise<string[]> {
  await store.wal.close(1_000);
  return store
    .samples()
    .filter((row) => row.name === name && Object.entries(labels).every(([key, value]) => row.labels[key] === value))
    .map((row) => `${row.value}@${(row.timestampMs - START_MS) / 1000}`);
}

const CALLS = 'traces_span_metrics_calls_total';
const BUCKET = 'traces_span_metrics_duration_seconds_bucket';

describe('runSpanMetrics', () => {
  it('says what the connector would: calls and durations by service, name, kind and status, from zero', async () => {
    start();
    send('orders', { ms: 30 }, { ms: 50 }, { ms: 700, status: 2 });
    await flush();
    const calls = await samplesOf(CALLS);
    expect(calls.toSorted()).toEqual(['0@0.001', '0@0.001', '1@5', '2@5']);
    const { labels } = store.samples().find((row) => row.name === CALLS && row.value === 1)!;
    expect(labels).toEqual({
      collector_instance_id: 'c1',
      service_name: 'orders',
      span_name: 'GET /a',
      span_kind: 'SPAN_KIND_SERVER',
      status_code: 'STATUS_CODE_ERROR',
    });
    const unset = { status_code: 'STATUS_CODE_UNSET' };
    expect(await samplesOf(BUCKET, { ...unset, le: '0.025' })).toEqual(['0@0.001', '0@5']);
    // A duration that is a bound belongs to it.
    expect(await samplesOf(BUCKET, { ...unset, le: '0.05' })).toEqual(['0@0.001', '2@5']);
    expect(await samplesOf(BUCKET, { ...unset, le: '+Inf' })).toEqual(['0@0.001', '2@5']);
    expect(await samplesOf('traces_span_metrics_duration_seconds_count', unset)).toEqual(['0@0.001', '2@5']);
    expect(await samplesOf('traces_span_metrics_duration_seconds_sum', unset)).toEqual(['0@0.001', '0.08@5']);
  });

  it('counts what sampling left out', async () => {
    start();
    send('orders', { ms: 30 }, { ms: 30, traceState: 'ot=th:c' }, { ms: 300, traceState: 'ot=th:f' });
    await flush();
    expect(await samplesOf(CALLS)).toEqual(['0@0.001', '21@5']);
    expect(await samplesOf(BUCKET, { le: '0.05' })).toEqual(['0@0.001', '5@5']);
    expect(await samplesOf('traces_span_metrics_duration_seconds_sum')).toEqual(['0@0.001', '4.95@5']);
  });

  it('says at once what has changed, and every 15 s what has not', async () => {
    start();
    send('orders', {});
    await flush();
    await flush();
    await flush();
    send('orders', {});
    await flush();
    for (let flushes = 0; flushes < 4; flushes++) await flush();
    expect(await samplesOf(CALLS)).toEqual(['0@0.001', '1@5', '2@20', '2@35']);
  });

  it('ends a series without spans for ten minutes, and begins it at zero when they come again', async () => {
    start();
    send('orders', {});
    await flush();
    await flush(594_000);
    await flush(1_000);
    send('orders', {});
    await flush();
    expect(await samplesOf(CALLS)).toEqual(['0@0.001', '1@5', '1@599', 'NaN@600', '0@600.001', '1@605']);
  });

  it('counts operations beyond the limits together, and tells how many spans that were', async () => {
    start({ services: 2, operations: 2, cells: 100 });
    send('a', { name: 'one' }, { name: 'two' }, { name: 'three' }, { name: 'four' }, { name: 'x'.repeat(300) });
    send('b', {});
    send('c', { name: 'one' }, { name: 'two' });
    await flush();
    const overflow = { otel_metric_overflow: 'true', span_name: 'overflow' };
    expect(await samplesOf(CALLS, { ...overflow, service_name: 'a' })).toEqual(['0@0.001', '3@5']);
    expect(await samplesOf(CALLS, { ...overflow, service_name: 'overflow' })).toEqual(['0@0.001', '2@5']);
    expect(await samplesOf(CALLS, { service_name: 'c' })).toEqual([]);
    const exposed = await registry.metrics();
    expect(exposed).toContain('switchyard_collector_span_metrics_overflow_total{limit="operations"} 2');
    expect(exposed).toContain('switchyard_collector_span_metrics_overflow_total{limit="name_bytes"} 1');
    expect(exposed).toContain('switchyard_collector_span_metrics_overflow_total{limit="services"} 2');
  });

  it('has no more cells than allowed, whatever kinds and statuses come', async () => {
    start({ services: 10, operations: 10, cells: 2 });
    send('a', { kind: 2 }, { kind: 3 }, { kind: 1 }, { kind: 1 }, { name: 'new' });
    await flush();
    expect(await samplesOf(CALLS, { span_name: 'overflow', span_kind: 'SPAN_KIND_INTERNAL' })).toEqual([
      '0@0.001',
      '2@5',
    ]);
    expect(await samplesOf(CALLS, { span_name: 'overflow', span_kind: 'SPAN_KIND_SERVER' })).toEqual([
      '0@0.001',
      '1@5',
    ]);
  });

  it('keeps the trace of one span a bucket every 20 s', async () => {
    start();
    send('orders', { ms: 30 }, { ms: 31 }, { ms: 300 });
    await flush();
    send('orders', { ms: 32 });
    await flush(16_000);
    send('orders', { ms: 33 });
    await flush();
    await store.wal.close(1_000);
    expect(store.rows('exemplars').map((row) => [row['metric_name'], row['value'], row['labels']])).toEqual(
      [0.03, 0.3, 0.033].map((seconds) => [
        BUCKET,
        seconds,
        [
          ['span_id', 'cd'.repeat(8)],
          ['trace_id', 'ab'.repeat(16)],
        ],
      ]),
    );
  });

  it('says all again what the disk did not take', async () => {
    start();
    send('orders', {});
    const wal = store.wal as { append: unknown };
    const { append } = store.wal;
    wal.append = () => Promise.reject(new Error('full'));
    await flush();
    wal.append = append;
    await flush();
    expect(await samplesOf(CALLS)).toEqual(['0@0.001', '1@10']);
  });
});
