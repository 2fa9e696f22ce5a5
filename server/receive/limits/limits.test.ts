import { afterEach, describe, expect, it } from 'vitest';
import snappyjs from 'snappyjs';
import { encode, LogsRequestType, MetricsRequestType, TraceRequestType } from '#server/decode/testing/otlp-root.ts';
import {
  toWriteRequest,
  toWriteRequest2,
  WriteRequest2Type,
  WriteRequestType,
} from '#server/decode/testing/remote-write-proto.ts';
import { startDoors, type DoorsDouble } from '../testing/start-doors.ts';

let doors: DoorsDouble;
afterEach(() => doors.stop());

const NOW_NS = `${Date.now()}000000`;
const attribute = (key: string, value = 'x') => ({ key, value: { stringValue: value } });
const resource = (service: string) => ({ attributes: [attribute('service.name', service)] });
const span = (...attributes: object[]) => ({
  traceId: Buffer.alloc(16, 1),
  spanId: Buffer.alloc(8, 2),
  name: 'GET /',
  startTimeUnixNano: NOW_NS,
  endTimeUnixNano: NOW_NS,
  attributes,
});
const traces = (service: string, spans: object[]) => ({ resource: resource(service), scopeSpans: [{ spans }] });
const gauge = (name: string, ...points: object[][]) => ({
  name,
  gauge: { dataPoints: points.map((attributes) => ({ timeUnixNano: NOW_NS, asDouble: 1, attributes })) },
});
const metrics = (service: string, ...all: object[]) => ({
  resource: resource(service),
  scopeMetrics: [{ metrics: all }],
});

const histogram = (bounds: number) => ({
  name: `h${bounds}`,
  histogram: {
    aggregationTemporality: 2,
    dataPoints: [
      {
        timeUnixNano: NOW_NS,
        count: 0,
        sum: 0,
        explicitBounds: Array.from({ length: bounds }, (_, bound) => bound),
        bucketCounts: Array.from({ length: bounds + 1 }, () => 0),
      },
    ],
  },
});

async function post(where: string, body: Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(`${doors.url}${where}`, {
    method: 'POST',
    body: body as BodyInit,
    headers: { 'content-type': 'application/x-protobuf', ...headers },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const postSpans = (...resourceSpans: object[]) => post('/v1/traces', encode(TraceRequestType, { resourceSpans }));
const postMetrics = (...resourceMetrics: object[]) =>
  post('/v1/metrics', encode(MetricsRequestType, { resourceMetrics }));

describe('budgets of sources', () => {
  it('refuses spans with too many, too long or ever new attributes, keeps the others, and says whose they were', async () => {
    doors = await startDoors({
      limits: { attributesPerRecord: 3, attributeValueBytes: 100, attributeKeysPerSource: 5 },
    });
    const many = ['a', 'b', 'c', 'd'].map((key) => attribute(key));
    const answer = await postSpans(
      traces('noisy', [span(attribute('a')), span(...many), span(attribute('a', 'x'.repeat(200))), span()]),
      traces('quiet', [span(attribute('q')), span(attribute('r'))]),
    );
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('1 × over 3 attributes (INGEST_MAX_ATTRIBUTES_PER_RECORD)');
    for (let key = 0; key < 10; key++) await postSpans(traces('noisy', [span(attribute(`user-${key}`))]));
    expect(doors.accepted['traces']).toBe(2 + 2 + 2);
    expect(doors.refused).toEqual({
      'noisy | traces | over 3 attributes (INGEST_MAX_ATTRIBUTES_PER_RECORD)': 1,
      'noisy | traces | an attribute over 100 bytes (INGEST_MAX_ATTRIBUTE_VALUE_BYTES)': 1,
      'noisy | traces | over the 5 attribute names of one source (INGEST_MAX_ATTRIBUTE_KEYS_PER_SOURCE)': 8,
    });
    await doors.store.wal.close(1_000);
    const kept = doors.store.rows('spans').map((row) => [row['service_name'], row['attributes']]);
    expect(kept).toEqual([
      ['noisy', [['a', 'x']]],
      ['noisy', []],
      ['quiet', [['q', 'x']]],
      ['quiet', [['r', 'x']]],
      ['noisy', [['user-0', 'x']]],
      ['noisy', [['user-1', 'x']]],
    ]);
  });

  it('refuses log records, and all that repeats an attribute of its resource that is too long', async () => {
    doors = await startDoors({ limits: { attributesPerRecord: 2, attributeValueBytes: 100 } });
    const records = [{ timeUnixNano: NOW_NS, body: { stringValue: 'moved' } }];
    const large = { attributes: [attribute('service.name', 'large'), attribute('dump', 'x'.repeat(101))] };
    const request = {
      resourceLogs: [
        { resource: large, scopeLogs: [{ logRecords: [...records, ...records] }] },
        { resource: resource('fine'), scopeLogs: [{ logRecords: records }] },
      ],
    };
    expect((await post('/v1/logs', encode(LogsRequestType, request))).status).toBe(200);
    expect(doors.accepted['logs']).toBe(1);
    expect(doors.refused).toEqual({
      'large | logs | a resource with an attribute over 100 bytes (INGEST_MAX_ATTRIBUTE_VALUE_BYTES)': 2,
    });
  });

  it('keeps the series that a source has, and refuses new ones over its budget', async () => {
    doors = await startDoors({ limits: { seriesPerSource: 10, labelsPerSeries: 2, labelValueBytes: 50 } });
    const users = Array.from({ length: 30 }, (_, user) => [attribute('user', `u${user}`)]);
    const first = await postMetrics(metrics('noisy', gauge('requests', ...users)), metrics('quiet', gauge('up', [])));
    expect(first.text).toContain('20 × over the 10 active series of one source (INGEST_MAX_SERIES_PER_SOURCE)');
    // What has its place keeps it, whatever comes meanwhile.
    await postMetrics(metrics('noisy', gauge('requests', ...users.slice(0, 10)), gauge('other', [])));
    const labels = ['a', 'b', 'c'].map((key) => attribute(key));
    await postMetrics(metrics('quiet', gauge('wide', labels, [attribute('a', 'x'.repeat(80))])));
    expect(doors.accepted['metrics']).toBe(10 + 1 + 10);
    expect(doors.refused).toEqual({
      'noisy | metrics | over the 10 active series of one source (INGEST_MAX_SERIES_PER_SOURCE)': 21,
      'quiet | metrics | over 2 labels (INGEST_MAX_LABELS_PER_SERIES)': 1,
      'quiet | metrics | a label over 50 bytes (INGEST_MAX_LABEL_VALUE_BYTES)': 1,
    });
  });

  it('counts a histogram as the series that it becomes', async () => {
    doors = await startDoors({ limits: { seriesPerSource: 10 } });
    await postMetrics(metrics('shop', histogram(5), histogram(3)));
    expect(doors.accepted['metrics']).toBe(1);
    expect(doors.budgets.series).toBe(8);
  });

  it.each([
    ['1.0', WriteRequestType, toWriteRequest, ''],
    ['2.0', WriteRequest2Type, toWriteRequest2, ';proto=io.prometheus.write.v2.Request'],
  ] as const)('judges remote write %s by its sender', async (_version, type, toRequest, proto) => {
    doors = await startDoors({ limits: { seriesPerJob: 5, labelsPerSeries: 3 } });
    const write = (names: string[], labels: [string, string][], source?: string) => {
      const series = names.map((name) => ({ name, labels, samples: [{ value: 1, timestamp: Date.now() }] }));
      const body = snappyjs.compress(Buffer.from(encode(type, toRequest(series as never))));
      return post('/api/v1/write', body, {
        'content-type': `application/x-protobuf${proto}`,
        'content-encoding': 'snappy',
        ...(source && { 'x-switchyard-source': source }),
      });
    };
    const names = Array.from({ length: 8 }, (_, n) => `m${n}`);
    const over = await write(names, [], 'eu');
    expect(over.status).toBe(400);
    expect(over.text).toContain('3 × over the 5 active series');
    expect(over.headers.get('x-prometheus-remote-write-samples-written')).toBe('5');
    expect((await write(names.slice(0, 5), [], 'eu')).status).toBe(204);
    expect((await write(names.slice(0, 5), [])).status).toBe(204);
    const wide: [string, string][] = [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ];
    await write(['wide'], wide);
    expect(doors.refused).toEqual({
      'eu | remote_write | over the 5 active series of one source (INGEST_MAX_SERIES_PER_JOB)': 3,
      'remote write 127.0.0.1 | remote_write | over 3 labels (INGEST_MAX_LABELS_PER_SERIES)': 1,
    });
  });
});
