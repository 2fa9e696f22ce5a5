import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { decodeRemoteWrite, type WriteMemory } from './decode-remote-write.ts';
import { MetricFamilies } from './metric-families.ts';
import { StreamBook } from './stream-book.ts';
import {
  countOf,
  countsOf,
  nativeHistogram,
  populatedOf,
  type NativeModel,
  type NativeSide,
} from './testing/native-arbitrary.ts';
import { NOW_MS } from './testing/otlp-arbitrary.ts';
import { readHistograms } from './testing/read-histograms.ts';
import { encode } from './testing/otlp-root.ts';
import { readRows } from './testing/read-rows.ts';
import { readSamples } from './testing/read-samples.ts';
import {
  toWriteRequest,
  toWriteRequest2,
  WriteRequest2Type,
  WriteRequestType,
  type SeriesModel,
} from './testing/remote-write-proto.ts';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ minLength: 60, maxLength: 90 }));
const series: fc.Arbitrary<SeriesModel> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 8 }),
  labels: fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), text), {
    maxLength: 6,
    selector: ([key]) => key,
  }),
  samples: fc.array(
    fc.record({ value: fc.double(), timestamp: fc.integer({ min: NOW_MS - 86_400_000, max: NOW_MS + 1000 }) }),
    { maxLength: 4 },
  ),
});
const request = fc.array(series, { maxLength: 6 });

// Appended to the requests that are damaged.
const HISTOGRAMS = {
  1: encode(WriteRequestType, { timeseries: [{ labels: [{ name: '__name__', value: 'h' }], histograms: [sparse()] }] }),
  2: encode(WriteRequest2Type, { timeseries: [{ histograms: [sparse()] }] }),
};

function sparse() {
  const spans = [
    { offset: -3, length: 2 },
    { offset: 5, length: 1 },
  ];
  return {
    countInt: 9,
    sum: 1,
    schema: 3,
    positiveSpans: spans,
    positiveDeltas: [1, 2, 3],
    negativeSpans: spans,
    timestamp: NOW_MS,
  };
}

let memory: WriteMemory;
beforeEach(() => (memory = { book: new StreamBook(), families: new MetricFamilies() }));

function decode(version: 1 | 2, message: object) {
  const body = encode(version === 1 ? WriteRequestType : WriteRequest2Type, message);
  const decoded = decodeRemoteWrite(body, version, NOW_MS, memory);
  return { ...decoded, series: decoded.series.chunks(), samples: decoded.samples.chunks() };
}

const up = (more: Partial<SeriesModel> = {}): SeriesModel => ({
  name: 'up',
  labels: [['job', 'a']],
  samples: [{ value: 1, timestamp: NOW_MS }],
  ...more,
});

const latency = { name: 'latency', labels: [['job', 'a']] as [string, string][], samples: [] };

const withHistograms = (version: 1 | 2, histograms: object[]) => {
  const message = version === 1 ? toWriteRequest([latency]) : toWriteRequest2([latency]);
  const [timeseries] = (message as { timeseries: object[] }).timeseries;
  return decode(version, { ...message, timeseries: [{ ...timeseries, histograms }] });
};

const histogram = (more: object) => ({
  countInt: 5,
  sum: 12.5,
  schema: 0,
  zeroCountInt: 1,
  zeroThreshold: 0.001,
  positiveSpans: [
    { offset: 1, length: 1 },
    { offset: 1, length: 1 },
  ],
  positiveDeltas: [1, 2],
  timestamp: NOW_MS,
  ...more,
});

/** A model as the message that a sender makes of it. */
const toMessage = (model: NativeModel) => {
  const { schema, zeroThreshold, zeroCount, sum, resetHint, isFloat, positive, negative } = model;
  const counts = (side: NativeSide) => (isFloat ? countsOf(side, true) : []);
  return {
    ...(isFloat
      ? { countFloat: countOf(model), zeroCountFloat: zeroCount }
      : { countInt: countOf(model), zeroCountInt: zeroCount }),
    schema,
    zeroThreshold,
    sum,
    resetHint,
    positiveSpans: positive.spans,
    positiveDeltas: isFloat ? [] : positive.deltas,
    positiveCounts: counts(positive),
    negativeSpans: negative.spans,
    negativeDeltas: isFloat ? [] : negative.deltas,
    negativeCounts: counts(negative),
    timestamp: NOW_MS,
  };
};

const toExpected = (model: NativeModel) => ({
  name: 'latency',
  timestampMs: NOW_MS,
  resetHint: model.resetHint,
  schema: model.schema,
  zeroThreshold: model.zeroThreshold,
  zeroCount: model.zeroCount,
  count: countOf(model),
  sum: model.sum,
  positive: populatedOf(model.positive, model.isFloat),
  negative: populatedOf(model.negative, model.isFloat),
  bounds: [],
});

describe('decodeRemoteWrite', () => {
  it('reads what protobufjs wrote in either version into the same expected samples', () => {
    fc.assert(
      fc.property(request, (all) => {
        const expected = all.flatMap(({ name, labels, samples }) =>
          samples.map(({ value, timestamp }) => ({
            name,
            labels: Object.fromEntries(labels.filter(([, label]) => label !== '')),
            timestampMs: timestamp,
            value,
          })),
        );
        for (const [version, message] of [
          [1, toWriteRequest(all)],
          [2, toWriteRequest2(all)],
        ] as const) {
          memory.book.forgetAnnouncements();
          const { series: announced, samples, rejected } = decode(version, message);
          expect(rejected.count).toBe(0);
          expect(readSamples(announced, samples)).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('answers damaged bytes with rows or a DecodeError, never with anything else', () => {
    const damaged = fc
      .tuple(request, fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 8 }), fc.constantFrom<(1 | 2)[]>(1, 2))
      .map(([all, flips, version]) => {
        const encoded =
          version === 1
            ? encode(WriteRequestType, toWriteRequest(all))
            : encode(WriteRequest2Type, toWriteRequest2(all));
        const body = Buffer.concat([encoded, HISTOGRAMS[version]]);
        for (const [at, bit] of flips) if (body.length > 0) body[at % body.length]! ^= 1 << bit;
        return [body, version] as const;
      });
    fc.assert(
      fc.property(damaged, ([body, version]) => {
        try {
          readRows('samples', decodeRemoteWrite(body, version, NOW_MS, memory).samples.chunks());
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps the bits of the stale marker', () => {
    const body = Buffer.from(
      encode(WriteRequestType, toWriteRequest([up({ samples: [{ value: 1.5, timestamp: NOW_MS }] })])),
    );
    const at = body.indexOf(Buffer.from('000000000000f83f', 'hex'));
    body.writeBigUInt64LE(0x7ff0000000000002n, at);
    const [chunk] = decodeRemoteWrite(body, 1, NOW_MS, memory).samples.chunks();
    expect(Buffer.from(chunk!.bytes.subarray(-8)).readBigUInt64LE()).toBe(0x7ff0000000000002n);
  });

  it('describes series by metadata, which in version 1 comes apart from them and announces them again', () => {
    const bucket = up({ name: 'latency_seconds_bucket', labels: [['le', '1']] });
    const first = decode(1, toWriteRequest([bucket]));
    expect(readRows('series', first.series)).toMatchObject([{ metric_name: 'latency_seconds_bucket', type: '' }]);
    const metadata = [{ type: 3, metricFamilyName: 'latency_seconds', help: 'How long', unit: 'seconds' }];
    decode(1, { metadata });
    const described = { type: 'histogram', help: 'How long', unit: 'seconds' };
    expect(readRows('series', decode(1, toWriteRequest([bucket])).series)).toMatchObject([described]);
    decode(1, { metadata });
    expect(decode(1, toWriteRequest([bucket])).series).toEqual([]);
    const other = up({ name: 'other_total' });
    const second = decode(2, toWriteRequest2([other], { type: 1, help: 'h', unit: 'u' }));
    expect(readRows('series', second.series)).toMatchObject([{ type: 'counter', help: 'h', unit: 'u' }]);
  });

  it.each<[string, Partial<SeriesModel>, string]>([
    ['no name', { name: '' }, 'needs a name (__name__)'],
    ['a label without a name', { labels: [['', 'x']] }, 'a label needs a name'],
    [
      'a label twice',
      {
        labels: [
          ['a', 'x'],
          ['a', 'y'],
        ],
      },
      'a label is given twice',
    ],
    ['129 labels', { labels: Array.from({ length: 129 }, (_, n) => [`l${n}`, 'x']) }, 'more than 128 labels'],
    ['labels of 70 KiB', { labels: [['a', 'x'.repeat(70_000)]] }, 'below 64 KiB'],
    ['seconds for milliseconds', { samples: [{ value: 1, timestamp: NOW_MS / 1000 }] }, 'the time is over 31 days ago'],
  ])('rejects samples of a series with %s and keeps its neighbours', (_, fault, reason) => {
    for (const version of [1, 2] as const) {
      const all = [up(), up(fault), up({ labels: [['job', 'b']] })];
      const { samples, rejected } = decode(version, version === 1 ? toWriteRequest(all) : toWriteRequest2(all));
      expect(readRows('samples', samples)).toHaveLength(2);
      expect(rejected.count).toBe(1);
      expect(rejected.describe()).toContain(reason);
    }
  });

  it('keeps exemplars of series, in either version', () => {
    const labels = [{ name: 'trace_id', value: 'ab' }];
    const [first] = (toWriteRequest([up()]) as { timeseries: object[] }).timeseries;
    const [second] = (toWriteRequest2([up()]) as { timeseries: object[] }).timeseries;
    const symbols = [...(toWriteRequest2([up()]) as { symbols: string[] }).symbols, 'trace_id', 'ab'];
    const labelsRefs = [symbols.length - 2, symbols.length - 1];
    const timed = { value: 0.25, timestamp: NOW_MS };
    for (const [version, message] of [
      // The last two lead nowhere.
      [
        1,
        {
          timeseries: [{ ...first, exemplars: [{ ...timed, labels }, timed, { ...timed, labels: [{ value: 'x' }] }] }],
        },
      ],
      [2, { symbols, timeseries: [{ ...second, exemplars: [{ ...timed, labelsRefs }, timed] }] }],
    ] as const) {
      memory.book = new StreamBook();
      const { exemplars, written, series: announced, rejected } = decode(version, message);
      expect(written).toEqual({ samples: 1, histograms: 0, exemplars: 1 });
      expect(rejected.count).toBe(0);
      expect(readRows('exemplars', exemplars.chunks())).toEqual([
        {
          metric_name: 'up',
          series_id: readRows('series', announced)[0]!['series_id'],
          timestamp: BigInt(NOW_MS),
          value: 0.25,
          labels: [['trace_id', 'ab']],
        },
      ]);
    }
  });

  it('keeps the exemplars of a native histogram', () => {
    const exemplars = [3, 100].map((value, place) => ({
      value,
      timestamp: NOW_MS + place * 20_000,
      labels: [{ name: 'trace_id', value: 'ab' }],
    }));
    const [timeseries] = (toWriteRequest([latency]) as { timeseries: object[] }).timeseries;
    const decoded = decode(1, { timeseries: [{ ...timeseries, exemplars, histograms: [histogram({})] }] });
    const found = readRows('exemplars', decoded.exemplars.chunks());
    expect(found.map((row) => [row['metric_name'], row['value']])).toEqual([
      ['latency', 3],
      ['latency', 100],
    ]);
  });

  it.each([1, 2] as const)('reads the native histograms that protobufjs wrote, in version %d', (version) => {
    fc.assert(
      fc.property(fc.array(nativeHistogram, { maxLength: 4 }), (models) => {
        const { histograms, samples, written, rejected } = withHistograms(version, models.map(toMessage));
        expect([written.histograms, rejected.count, samples.length]).toEqual([models.length, 0, 0]);
        expect(readHistograms(histograms.chunks())).toEqual(models.map(toExpected));
      }),
      { numRuns: 200 },
    );
  });

  it('takes custom bounds', () => {
    const custom = { schema: -53, customValues: [1, 5], zeroCountInt: 0, zeroThreshold: 0 };
    const spans = { positiveSpans: [{ offset: 1, length: 2 }], positiveDeltas: [2, 1] };
    const { histograms } = withHistograms(1, [histogram({ ...custom, ...spans })]);
    expect(readHistograms(histograms.chunks())).toMatchObject([
      {
        schema: -53,
        bounds: [1, 5],
        positive: [
          [1, 2],
          [2, 3],
        ],
        negative: [],
      },
    ]);
  });

  it.each<[string, object, string]>([
    ['an unknown schema', { schema: 9 }, 'in [-4, 8] or -53'],
    ['a count below zero', { positiveDeltas: [1, -3] }, 'below zero'],
    ['a hint that is none', { resetHint: 4 }, 'in [0, 3]'],
    ['bounds that fall', { schema: -53, customValues: [2, 1] }, 'must ascend'],
    ['more buckets than bounds', { schema: -53, customValues: [1] }, 'one bucket more than bounds'],
    ['spans beyond its buckets', { positiveDeltas: [1] }, 'as many buckets as its spans say'],
    [
      'a gap of a million',
      {
        positiveSpans: [
          { offset: 0, length: 1 },
          { offset: 1e6, length: 1 },
        ],
      },
      'over 4096 buckets',
    ],
    [
      'a span that goes back',
      {
        positiveSpans: [
          { offset: 0, length: 1 },
          { offset: -1, length: 1 },
        ],
      },
      'not overlap',
    ],
    ['no time', { timestamp: 0 }, 'the time is over 31 days ago'],
  ])('rejects a native histogram with %s', (_, fault, reason) => {
    const { rejected, written } = withHistograms(1, [histogram(fault), histogram({})]);
    expect(rejected.describe()).toContain(reason);
    expect([rejected.count, written.histograms]).toEqual([1, 1]);
  });

  it('ends the series of a native histogram that is stale', () => {
    withHistograms(1, [histogram({})]);
    const body = Buffer.from(
      encode(WriteRequestType, {
        timeseries: [
          {
            labels: [
              { name: '__name__', value: 'latency' },
              { name: 'job', value: 'a' },
            ],
            histograms: [{ sum: 1.5, timestamp: NOW_MS }],
          },
        ],
      }),
    );
    body.writeBigUInt64LE(0x7ff0000000000002n, body.indexOf(Buffer.from('000000000000f83f', 'hex')));
    const { samples, histograms } = decodeRemoteWrite(body, 1, NOW_MS, memory);
    expect(histograms.rows).toBe(0);
    const rows = readRows('samples', samples.chunks());
    expect(rows).toMatchObject([{ metric_name: 'latency' }]);
    expect(rows.every((row) => Number.isNaN(row['value']))).toBe(true);
  });

  it.each([
    ['a reference to no symbol', { symbols: [''], timeseries: [{ labelsRefs: [0, 7] }] }],
    ['a name without a value', { symbols: ['', 'a'], timeseries: [{ labelsRefs: [1] }] }],
    ['a first symbol that is not empty', { symbols: ['a', 'b'], timeseries: [{ labelsRefs: [0, 1] }] }],
  ])('refuses a request of version 2 with %s', (_, message) => {
    expect(() => decode(2, message)).toThrow(DecodeError);
  });
});
