import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { parseExposition } from './parse-exposition.ts';
import { parseProtoExposition } from './parse-proto-exposition.ts';
import { encodeFamilies } from './testing/exposition-proto.ts';
import { countOf, countsOf, nativeHistogram, populatedOf, type NativeModel } from './testing/native-arbitrary.ts';

const name = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '.'), minLength: 1, maxLength: 4 });
const count = fc.nat(1_000_000);
const number = fc.double({ noNaN: true });
/** As a text of a label minus nought is nought. */
const bound = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const timestampMs = fc.option(fc.integer({ min: -1, max: 2_000_000_000_000 }), { nil: undefined });
const label = fc.uniqueArray(fc.record({ name, value: fc.string({ unit: 'binary', maxLength: 6 }) }), {
  maxLength: 3,
  selector: (one) => one.name,
});
const exemplar = fc.record({
  label,
  value: number,
  timestamp: fc.record({ seconds: count, nanos: fc.constant(250_000_000) }),
});
const bounds = fc.uniqueArray(bound, { maxLength: 4 });
const family = fc.oneof(
  fc
    .record({ value: number, exemplar: fc.option(exemplar, { nil: undefined }) })
    .map((counter) => ({ type: 0, of: { counter } })),
  number.map((value) => ({ type: 1, of: { gauge: { value } } })),
  number.map((value) => ({ type: 3, of: { untyped: { value } } })),
  fc
    .record({
      sampleCount: count,
      sampleSum: number,
      quantile: fc.array(fc.record({ quantile: bound, value: number }), { maxLength: 3 }),
    })
    .map((summary) => ({ type: 2, of: { summary } })),
  fc.record({ sampleCount: count, sampleSum: number, bounds }).map(({ bounds: all, ...histogram }) => ({
    type: 4,
    of: {
      histogram: {
        ...histogram,
        bucket: all.toSorted((a, b) => a - b).map((upperBound, place) => ({ upperBound, cumulativeCount: place })),
      },
    },
  })),
);
const families = fc.array(fc.record({ name, help: fc.string(), family, label, timestampMs }), { maxLength: 5 });
type Model = typeof families extends fc.Arbitrary<infer T> ? T : never;

const encode = (all: Model) =>
  encodeFamilies(
    all.map((one) => ({ name: one.name, help: one.help, type: one.family.type, metric: [metricOf(one)] })),
  );

function metricOf({ family: { of }, label: labels, timestampMs: ms }: Model[number]): object {
  return { label: labels, ...of, ...(ms !== undefined && { timestampMs: ms }) };
}

/** Plainly, and with numbers for bounds. */
function expected(all: Model): object[] {
  return all.flatMap(({ name: metric, family: { of }, label: labels, timestampMs: ms }) => {
    const point = (suffix: string, value: number, extra: [string, unknown][] = []) => ({
      name: metric + suffix,
      labels: [...labels.map((pair) => [pair.name, pair.value]), ...extra],
      value,
      timestampMs: ms,
    });
    if ('counter' in of) return [point('', of.counter.value)];
    if ('gauge' in of) return [point('', of.gauge.value)];
    if ('untyped' in of) return [point('', of.untyped.value)];
    if ('summary' in of) {
      const quantiles = of.summary.quantile.map((one) => point('', one.value, [['quantile', one.quantile]]));
      return [...quantiles, point('_sum', of.summary.sampleSum), point('_count', of.summary.sampleCount)];
    }
    const buckets = of.histogram.bucket.map((one) => point('_bucket', one.cumulativeCount, [['le', one.upperBound]]));
    const inf = point('_bucket', of.histogram.sampleCount, [['le', Infinity]]);
    return [...buckets, inf, point('_sum', of.histogram.sampleSum), point('_count', of.histogram.sampleCount)];
  });
}

function found(body: Uint8Array): object[] {
  return parseProtoExposition(body).points.map(({ series, value, timestampMs: ms }) => ({
    name: series.name,
    labels: series.labels.map(([key, text], at) => {
      const isBound = at === series.labels.length - 1 && /^(le|quantile)$/.test(key);
      return [key, isBound ? Number(text.replace('+Inf', 'Infinity')) : text];
    }),
    value,
    timestampMs: ms,
  }));
}

function toMessage(model: NativeModel): object {
  const { schema, zeroThreshold, zeroCount, sum, isFloat, positive, negative } = model;
  return {
    ...(isFloat
      ? { sampleCountFloat: countOf(model), zeroCountFloat: zeroCount }
      : { sampleCount: countOf(model), zeroCount }),
    sampleSum: sum,
    schema,
    zeroThreshold,
    // A span without buckets, as clients send it, so that it is a native one whatever it holds.
    positiveSpan: [...positive.spans, { offset: 0, length: 0 }],
    negativeSpan: negative.spans,
    ...(isFloat
      ? { positiveCount: countsOf(positive, true), negativeCount: countsOf(negative, true) }
      : { positiveDelta: positive.deltas, negativeDelta: negative.deltas }),
  };
}

function populated({ offset, counts }: { offset: number; counts: readonly number[] }) {
  return counts.map((counted, place) => [offset + place, counted]).filter(([, counted]) => counted !== 0);
}

const exemplarAt = (value: number, secondsAt: number) => ({
  label: [{ name: 'trace_id', value: 'ab' }],
  value,
  timestamp: { seconds: secondsAt, nanos: 500_000_000 },
});

const asked = (one: object, choice?: { native: boolean; classic: boolean }) =>
  parseProtoExposition(encodeFamilies([{ name: 'h', type: 4, metric: [{ histogram: one }] }]), undefined, choice);
const namesOf = (one: object, choice?: { native: boolean; classic: boolean }) =>
  asked(one, choice).points.map(({ series }) => series.name);

describe('parseProtoExposition', () => {
  it('reads what protobufjs wrote into the same expected points', () => {
    fc.assert(
      fc.property(families, (all) => {
        expect(found(encode(all))).toEqual(expected(all));
      }),
      { numRuns: 300 },
    );
  });

  it('answers damaged bytes with points or a DecodeError, never with anything else', () => {
    const damaged = fc
      .tuple(families, fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 6 }))
      .map(([all, flips]) => {
        const body = encode(all);
        for (const [at, bit] of flips) if (body.length > 0) body[at % body.length]! ^= 1 << bit;
        return body;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 100 })), (body) => {
        try {
          parseProtoExposition(body);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads the native histograms that protobufjs wrote', () => {
    fc.assert(
      fc.property(nativeHistogram, fc.boolean(), (model, isGauge) => {
        const body = encodeFamilies([{ name: 'h', type: isGauge ? 5 : 4, metric: [{ histogram: toMessage(model) }] }]);
        const [point, ...others] = parseProtoExposition(body).points;
        expect(others).toEqual([]);
        const { positive, negative, ...head } = point!.histogram!;
        expect([point!.series.name, point!.value]).toEqual(['h', countOf(model)]);
        expect(head).toEqual({
          schema: model.schema,
          resetHint: isGauge ? 3 : 0,
          zeroThreshold: model.zeroThreshold,
          zeroCount: model.zeroCount,
          count: countOf(model),
          sum: model.sum,
          bounds: [],
        });
        expect(populated(positive)).toEqual(populatedOf(model.positive, model.isFloat));
        expect(populated(negative)).toEqual(populatedOf(model.negative, model.isFloat));
      }),
      { numRuns: 200 },
    );
  });

  it('takes native histograms, classic ones, or both, as it is told', () => {
    const histogram = {
      sampleCount: 5,
      sampleSum: 12.5,
      schema: 0,
      zeroThreshold: 0.001,
      zeroCount: 1,
      positiveSpan: [{ offset: 1, length: 1 }],
      positiveDelta: [4],
      exemplars: [exemplarAt(7, 12), exemplarAt(1.5, 13)],
    };
    const both = { ...histogram, bucket: [{ cumulativeCount: 3, upperBound: 0.5 }] };
    const classic = ['h_bucket', 'h_bucket', 'h_sum', 'h_count'];
    expect(namesOf(both)).toEqual(['h']);
    expect(namesOf(both, { native: true, classic: true })).toEqual(['h', ...classic]);
    expect(namesOf(both, { native: false, classic: false })).toEqual(classic);
    expect(namesOf({ sampleCount: 1, bucket: both.bucket })).toEqual(classic);
    expect(asked(both).points[0]!.exemplar).toMatchObject({ value: 1.5, timestampMs: 13_500 });
    // One that has seen nothing yet says that it is native by a span without buckets, or by the width of its zero bucket.
    expect(namesOf({ sampleCount: 0, schema: 3, positiveSpan: [{ offset: 0, length: 0 }] })).toEqual(['h']);
    expect(namesOf({ sampleCount: 0, schema: 3, zeroThreshold: 0.1 })).toEqual(['h']);
    expect(() => asked({ ...histogram, positiveDelta: [] })).toThrow('as many buckets as its spans');
  });

  it('writes bounds and times of creation as OpenMetrics does', () => {
    const createdTimestamp = { seconds: 12, nanos: 500_000_000 };
    const bucket = [1e-5, 0.25, 1, 1e21].map((upperBound) => ({ cumulativeCount: 1, upperBound }));
    const proto = parseProtoExposition(
      encodeFamilies([
        { name: 'hits_total', type: 0, metric: [{ counter: { value: 3, createdTimestamp } }] },
        { name: 'h', type: 4, metric: [{ histogram: { sampleCount: 1, sampleSum: 1, bucket, createdTimestamp } }] },
      ]),
    );
    const text = `# TYPE hits counter
hits_created 12.5
hits_total 3
# TYPE h histogram
h_created 12.5
h_bucket{le="1e-05"} 1
h_bucket{le="0.25"} 1
h_bucket{le="1.0"} 1
h_bucket{le="1e+21"} 1
h_bucket{le="+Inf"} 1
h_sum 1
h_count 1
# EOF
`;
    const plain = ({ series, value, timestampMs: ms }: (typeof proto)['points'][number]) => ({
      series,
      value,
      timestampMs: ms,
    });
    expect(proto.points.map(plain)).toEqual(parseExposition(text, true).points.map(plain));
    expect(proto.families.get('hits')?.type).toBe('counter');
  });

  it('parses the labels of a known series into the same object', () => {
    const known = new Map();
    const body = encodeFamilies([{ name: 'm', type: 1, metric: [{ gauge: { value: 1 } }] }]);
    const [first] = parseProtoExposition(body, known).points;
    const [second] = parseProtoExposition(body, known).points;
    expect(second!.series).toBe(first!.series);
  });
});
