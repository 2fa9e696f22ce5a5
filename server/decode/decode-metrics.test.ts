import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { decodeMetrics } from './decode-metrics.ts';
import { jsonToProto } from './json-to-proto.ts';
import { METRICS_REQUEST } from './otlp-messages.ts';
import { StreamBook } from './stream-book.ts';
import { expectedNative, expectedSamples, exponentialRequest, metricsRequest } from './testing/metrics-arbitrary.ts';
import { NOW_MS, toOtlpJson } from './testing/otlp-arbitrary.ts';
import { encode, MetricsRequestType } from './testing/otlp-root.ts';
import { readHistograms } from './testing/read-histograms.ts';
import { readRows } from './testing/read-rows.ts';
import { readSamples, type ReadSample } from './testing/read-samples.ts';

const NOW_NS = BigInt(NOW_MS) * 1_000_000n;
const ns = (secondsLater: number) => String(NOW_NS + BigInt(secondsLater) * 1_000_000_000n);
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const SHOP = [text('service.namespace', 'eu'), text('service.name', 'shop'), text('service.instance.id', 'shop-1')];

let book: StreamBook;
beforeEach(() => (book = new StreamBook()));

function decode(metrics: object[], attributes: object[] = SHOP) {
  const resourceMetrics = [{ resource: { attributes }, scopeMetrics: [{ metrics }] }];
  const decoded = decodeMetrics(encode(MetricsRequestType, { resourceMetrics }), NOW_MS, book);
  const series = decoded.series.chunks();
  return { ...decoded, series, samples: decoded.samples.chunks() };
}

const known = new StreamBook();
function samplesOf(body: Uint8Array) {
  // Samples of a stream that is known already come without their series: here each request is the first.
  known.forgetAnnouncements();
  const { series, samples, rejected, accepted } = decodeMetrics(body, NOW_MS, known);
  expect(rejected.describe()).toBe('');
  return { accepted, rows: readSamples(series.chunks(), samples.chunks()) };
}

const comparable = (samples: Omit<ReadSample, 'labels'>[]) =>
  samples.map(({ name, timestampMs, value }) => `${name} ${timestampMs} ${value}`).toSorted();

describe('decodeMetrics', () => {
  it('reads what protobufjs wrote, and the same request as OTLP/JSON, into the same expected samples', () => {
    fc.assert(
      fc.property(metricsRequest, (request) => {
        const expected = comparable(expectedSamples(request));
        const fromProto = samplesOf(encode(MetricsRequestType, request));
        const fromJson = samplesOf(jsonToProto(toOtlpJson(request), METRICS_REQUEST));
        expect(comparable(fromProto.rows)).toEqual(expected);
        expect(fromJson).toEqual(fromProto);
      }),
      { numRuns: 400 },
    );
  });

  it('reads exponential histograms alike in both encodings, as native ones with all that was counted', () => {
    fc.assert(
      fc.property(exponentialRequest, (request) => {
        const { dataPoints } = request.resourceMetrics[0]!.scopeMetrics[0]!.metrics[0]!.exponentialHistogram;
        const bodies = [encode(MetricsRequestType, request), jsonToProto(toOtlpJson(request), METRICS_REQUEST)];
        for (const body of bodies) {
          const { histograms, accepted, rejected } = decodeMetrics(body, NOW_MS, known);
          expect([accepted, rejected.count]).toEqual([dataPoints.length, 0]);
          expect(readHistograms(histograms.chunks())).toEqual(dataPoints.map(expectedNative));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('answers damaged bytes with rows or a DecodeError, never with anything else', () => {
    const damaged = fc
      .tuple(
        fc.oneof<fc.Arbitrary<object>[]>(metricsRequest, exponentialRequest),
        fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 8 }),
      )
      .map(([request, flips]) => {
        const body = Buffer.from(encode(MetricsRequestType, request));
        for (const [at, bit] of flips) if (body.length > 0) body[at % body.length]! ^= 1 << bit;
        return body;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (body) => {
        try {
          const { samples, histograms } = decodeMetrics(body, NOW_MS, new StreamBook());
          readRows('samples', samples.chunks());
          readHistograms(histograms.chunks());
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('names series and labels as Prometheus would, and says what they are', () => {
    const attributes = [
      text('http.route', '/users/:id'),
      { key: 'http.response.status_code', value: { intValue: 200 } },
    ];
    const { series, accepted } = decode(
      [
        {
          name: 'http.server.request.duration',
          unit: 's',
          description: 'How long',
          histogram: {
            aggregationTemporality: 2,
            dataPoints: [
              { timeUnixNano: ns(0), attributes, count: 3, sum: 0.5, bucketCounts: [1, 2], explicitBounds: [0.25] },
            ],
          },
        },
      ],
      [...SHOP, text('host.name', 'h1')],
    );
    expect(accepted).toBe(1);
    const origin = [
      ['instance', 'shop-1'],
      ['job', 'eu/shop'],
    ];
    const labels = [['http_response_status_code', '200'], ['http_route', '/users/:id'], ...origin];
    const described = { type: 'histogram', unit: 'seconds', help: 'How long' };
    expect(readRows('series', series)).toMatchObject([
      { metric_name: 'http_server_request_duration_seconds_bucket', ...described },
      { metric_name: 'http_server_request_duration_seconds_bucket', labels: [...labels, ['le', '+Inf']] },
      { metric_name: 'http_server_request_duration_seconds_count', labels },
      { metric_name: 'http_server_request_duration_seconds_sum', labels },
      { metric_name: 'target_info', labels: [['host_name', 'h1'], ...origin], type: 'gauge' },
    ]);
  });

  it('announces a series once, and again after five minutes or when the announcement was lost', () => {
    const gauge = { name: 'g', gauge: { dataPoints: [{ timeUnixNano: ns(0), asDouble: 1 }] } };
    const body = encode(MetricsRequestType, { resourceMetrics: [{ scopeMetrics: [{ metrics: [gauge] }] }] });
    const announced = (nowMs: number) => decodeMetrics(body, nowMs, book).series.rows;
    expect([announced(NOW_MS), announced(NOW_MS + 1), announced(NOW_MS + 300_000)]).toEqual([1, 0, 1]);
    book.forgetAnnouncements();
    expect(announced(NOW_MS + 300_001)).toBe(1);
  });

  const point = (more: object) => ({ timeUnixNano: ns(0), asDouble: 1, ...more });
  it.each<[string, object, string]>([
    ['no name', { name: '', gauge: { dataPoints: [point({})] } }, 'needs a name'],
    ['no value', { name: 'g', gauge: { dataPoints: [{ timeUnixNano: ns(0) }] } }, 'needs a value'],
    ['no time', { name: 'g', gauge: { dataPoints: [point({ timeUnixNano: 0 })] } }, 'the time is over 31 days'],
    ['no temporality', { name: 's', sum: { dataPoints: [point({})] } }, 'must be delta or cumulative'],
    [
      'a bucket too few',
      {
        name: 'h',
        histogram: {
          aggregationTemporality: 2,
          dataPoints: [{ timeUnixNano: ns(0), bucketCounts: [1], explicitBounds: [1] }],
        },
      },
      'one bucket more than bounds',
    ],
    [
      '129 attributes',
      {
        name: 'g',
        gauge: { dataPoints: [point({ attributes: Array.from({ length: 129 }, (_, n) => text(`k${n}`, '')) })] },
      },
      'more than 128 attributes',
    ],
    [
      'a label of 70 KiB',
      { name: 'g', gauge: { dataPoints: [point({ attributes: [text('k', 'x'.repeat(70_000))] })] } },
      'below 64 KiB',
    ],
  ])('rejects a point with %s with the reason and keeps its neighbours', (_, metric, reason) => {
    const good = { name: 'good', gauge: { dataPoints: [point({}), point({ attributes: [text('a', 'b')] })] } };
    const { rejected, accepted } = decode([good, metric, good]);
    expect(accepted).toBe(4);
    expect(rejected.count).toBe(1);
    expect(rejected.describe()).toContain(reason);
  });

  it.each(['protobuf', 'JSON'])('keeps exemplars with the bucket that they fell into, from %s', (encoding) => {
    const [traceId, spanId] = [Buffer.alloc(16, 0xab), Buffer.alloc(8, 0xcd)];
    const exemplar = (value: object, secondsLater: number) => ({
      ...value,
      timeUnixNano: ns(secondsLater),
      traceId,
      spanId,
      filteredAttributes: [text('user.id', 'u1')],
    });
    const histogram = {
      aggregationTemporality: 2,
      dataPoints: [
        {
          timeUnixNano: ns(0),
          count: 3,
          sum: 5,
          bucketCounts: [1, 1, 1],
          explicitBounds: [0.5, 1],
          exemplars: [
            exemplar({ asDouble: 0.5 }, -3),
            exemplar({ asDouble: 0.75 }, -2),
            exemplar({ asInt: 4 }, -1),
            // Those that follow another closely, lead nowhere or are of no time are left out.
            exemplar({ asInt: 5 }, 0),
            { asDouble: 0.1, timeUnixNano: ns(60) },
            { asDouble: 0.1, traceId },
          ],
        },
      ],
    };
    const sum = {
      aggregationTemporality: 2,
      isMonotonic: true,
      dataPoints: [{ timeUnixNano: ns(0), asInt: 7, exemplars: [{ asInt: -2, timeUnixNano: ns(0), traceId }] }],
    };
    const request = {
      resourceMetrics: [
        {
          resource: { attributes: SHOP },
          scopeMetrics: [
            {
              metrics: [
                { name: 'h', histogram },
                { name: 's', sum },
              ],
            },
          ],
        },
      ],
    };
    const body =
      encoding === 'JSON' ? jsonToProto(toOtlpJson(request), METRICS_REQUEST) : encode(MetricsRequestType, request);
    const decoded = decodeMetrics(body, NOW_MS, book);
    const byId = new Map(readRows('series', decoded.series.chunks()).map((row) => [row['series_id'], row]));
    const found = readRows('exemplars', decoded.exemplars.chunks()).map((row) => [
      row['metric_name'],
      new Map(byId.get(row['series_id'])!['labels'] as [string, string][]).get('le'),
      row['value'],
      Number(row['timestamp']) - NOW_MS,
    ]);
    expect(found).toEqual([
      ['h_bucket', '0.5', 0.5, -3000],
      ['h_bucket', '1', 0.75, -2000],
      ['h_bucket', '+Inf', 4, -1000],
      ['s_total', undefined, -2, 0],
    ]);
    const ids = [
      ['span_id', 'cd'.repeat(8)],
      ['trace_id', 'ab'.repeat(16)],
    ];
    const [first, , , last] = readRows('exemplars', decoded.exemplars.chunks());
    expect(first!['labels']).toEqual([['user_id', 'u1'], ...ids]);
    expect(last!['labels']).toEqual([ids[1]]);
    expect(decoded.ignored.describe()).toBe('');
  });

  it('keeps the ids of an exemplar whose attributes are too many', () => {
    const exemplars = [
      {
        asDouble: 1,
        timeUnixNano: ns(0),
        traceId: Buffer.alloc(16, 1),
        filteredAttributes: [text('a', 'x'.repeat(200))],
      },
    ];
    const { exemplars: kept, rejected } = decode([{ name: 'g', gauge: { dataPoints: [point({ exemplars })] } }]);
    expect(readRows('exemplars', kept.chunks()).map((row) => row['labels'])).toEqual([[['trace_id', '01'.repeat(16)]]]);
    expect(rejected.count).toBe(0);
  });

  it('writes the stale marker for a point without a recorded value', () => {
    const { samples } = decode([{ name: 'g', gauge: { dataPoints: [{ timeUnixNano: ns(0), flags: 1 }] } }]);
    expect(Buffer.from(samples[0]!.bytes.subarray(-8)).readBigUInt64LE()).toBe(0x7ff0000000000002n);
  });
});
