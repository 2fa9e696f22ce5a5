import fc from 'fast-check';
import { attributes, nano, type KeyValueModel } from './otlp-arbitrary.ts';
import type { ReadHistogram } from './read-histograms.ts';
import type { ReadSample } from './read-samples.ts';

const count = fc.nat(1_000_000);
const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
const value = fc.oneof(fc.record({ asDouble: fc.double() }), fc.record({ asInt: fc.maxSafeInteger().map(String) }));
const exemplars = fc.array(fc.record({ timeUnixNano: nano, asDouble: fc.double() }), { maxLength: 2 });
const shared = { attributes, timeUnixNano: nano, startTimeUnixNano: nano };
const number = fc.tuple(fc.record({ ...shared, exemplars }), value).map(([point, given]) => ({ ...point, ...given }));
const histogram = fc
  .uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
    maxLength: 6,
    comparator: (a, b) => a === b,
  })
  .map((bounds) => bounds.toSorted((a, b) => a - b))
  .chain((explicitBounds) =>
    fc.record({
      ...shared,
      explicitBounds: fc.constant(explicitBounds),
      bucketCounts: fc.array(count, { minLength: explicitBounds.length + 1, maxLength: explicitBounds.length + 1 }),
      sum: fc.double(),
    }),
  )
  .map((point) => ({
    ...point,
    bucketCounts: point.bucketCounts.map(String),
    count: String(point.bucketCounts.reduce((a, b) => a + b, 0)),
  }));
const summary = fc
  .record({
    ...shared,
    count,
    sum: fc.double(),
    quantileValues: fc.uniqueArray(
      fc.record({ quantile: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.double() }),
      { maxLength: 3, selector: ({ quantile }) => String(quantile) },
    ),
  })
  .map((point) => ({ ...point, count: String(point.count) }));

const range = fc.record({
  offset: fc.integer({ min: -300, max: 300 }),
  bucketCounts: fc.array(count.map(String), { maxLength: 200 }),
});
const exponential = fc
  .record({
    ...shared,
    sum: fc.double(),
    scale: fc.integer({ min: -4, max: 20 }),
    zeroCount: count,
    zeroThreshold: fc.constantFrom(0, 1e-6),
    positive: range,
    negative: range,
  })
  .map((point) => {
    const counts = [point.zeroCount, ...point.positive.bucketCounts, ...point.negative.bucketCounts].map(Number);
    return { ...point, zeroCount: String(point.zeroCount), count: String(counts.reduce((a, b) => a + b, 0)) };
  });

/** One metric of exponential histograms. */
export const exponentialRequest = fc.array(exponential, { maxLength: 3 }).map((dataPoints) => ({
  resourceMetrics: [
    { scopeMetrics: [{ metrics: [{ name: 'e', exponentialHistogram: { dataPoints, aggregationTemporality: 2 } }] }] },
  ],
}));

const points = <T>(point: fc.Arbitrary<T>) => fc.array(point, { maxLength: 3 });
const head = { name: words, description: words };
const metric = fc.oneof(
  fc.record({ ...head, gauge: fc.record({ dataPoints: points(number) }) }),
  fc.record({
    ...head,
    sum: fc.record({
      dataPoints: points(number),
      aggregationTemporality: fc.constant(2),
      isMonotonic: fc.boolean(),
    }),
  }),
  fc.record({
    ...head,
    histogram: fc.record({ dataPoints: points(histogram), aggregationTemporality: fc.constant(2) }),
  }),
  fc.record({ ...head, summary: fc.record({ dataPoints: points(summary) }) }),
);

export const metricsRequest = fc.record({
  resourceMetrics: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeMetrics: fc.array(
        fc.record({
          scope: fc.record({ name: words, version: words }),
          metrics: fc.array(metric, { maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});
export type MetricsRequestModel = typeof metricsRequest extends fc.Arbitrary<infer T> ? T : never;

/** The samples of a valid cumulative request, derived in the plainest way; labels are compared elsewhere. */
export function expectedSamples(request: MetricsRequestModel): Omit<ReadSample, 'labels'>[] {
  return request.resourceMetrics.flatMap(({ resource, scopeMetrics }) => {
    const metrics = scopeMetrics.flatMap(({ metrics: all }) => all);
    const samples = metrics.flatMap((one) => {
      if ('gauge' in one) return one.gauge.dataPoints.map((point) => sample(one.name, point, numberOf(point)));
      if ('sum' in one) {
        const name = one.sum.isMonotonic ? `${one.name}_total` : one.name;
        return one.sum.dataPoints.map((point) => sample(name, point, numberOf(point)));
      }
      if ('summary' in one) {
        return one.summary.dataPoints.flatMap((point) => [
          ...point.quantileValues.map((quantile) => sample(one.name, point, quantile.value)),
          sample(`${one.name}_count`, point, Number(point.count)),
          sample(`${one.name}_sum`, point, point.sum),
        ]);
      }
      return one.histogram.dataPoints.flatMap((point) => [
        ...point.bucketCounts.map((_, index) =>
          sample(
            `${one.name}_bucket`,
            point,
            point.bucketCounts.slice(0, index + 1).reduce((a, b) => a + Number(b), 0),
          ),
        ),
        sample(`${one.name}_count`, point, Number(point.count)),
        sample(`${one.name}_sum`, point, point.sum),
      ]);
    });
    if (samples.length === 0 || !isTarget(resource.attributes)) return samples;
    return [...samples, { name: 'target_info', value: 1, timestampMs: Math.max(...samples.map((s) => s.timestampMs)) }];
  });
}

function sample(name: string, { timeUnixNano }: { timeUnixNano: string }, given: number) {
  return { name, value: given, timestampMs: Number(BigInt(timeUnixNano) / 1_000_000n) };
}

function numberOf(point: { asDouble: number } | { asInt: string }): number {
  return 'asDouble' in point ? point.asDouble : Number(point.asInt);
}

/** Has an identity, and something beside it. */
function isTarget(given: KeyValueModel[]): boolean {
  const identifying = ['service.name', 'service.instance.id'];
  const first = (key: string) => given.find((pair) => pair.key === key)?.value;
  const hasIdentity = identifying.some((key) => {
    const text = first(key);
    return (
      text !== undefined && Object.keys(text).length > 0 && text.stringValue !== '' && text.bytesValue?.length !== 0
    );
  });
  return hasIdentity && given.some(({ key }) => !identifying.includes(key));
}

type ExponentialModel = typeof exponential extends fc.Arbitrary<infer T> ? T : never;

/** A point as a native histogram, derived in the plainest way. */
export function expectedNative(point: ExponentialModel): ReadHistogram {
  const schema = Math.min(point.scale, 8);
  const side = ({ offset, bucketCounts }: ExponentialModel['positive']) => {
    const merged = new Map<number, number>();
    bucketCounts.forEach((counted, place) => {
      // The bucket (base ** index, base ** (index + 1)], where base is 2 ** 2 ** -scale.
      const index = Math.floor((offset + place) / 2 ** (point.scale - schema)) + 1;
      merged.set(index, (merged.get(index) ?? 0) + Number(counted));
    });
    return [...merged].filter(([, counted]) => counted > 0).toSorted(([a], [b]) => a - b);
  };
  return {
    name: 'e',
    timestampMs: Number(BigInt(point.timeUnixNano) / 1_000_000n),
    resetHint: 0,
    schema,
    zeroThreshold: point.zeroThreshold || 1e-128,
    zeroCount: Number(point.zeroCount),
    count: Number(point.count),
    sum: point.sum,
    positive: side(point.positive),
    negative: side(point.negative),
    bounds: [],
  };
}
