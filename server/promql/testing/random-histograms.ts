import type { RawSeries } from '../evaluate/values.ts';
import { bucketsOf, entriesOf, mapCounts, type Buckets, type Histogram } from '../histogram/histogram.ts';
import { Labels } from '../labels/labels.ts';
import type { Random } from './random.ts';
import type { Span } from './random-series.ts';

/**
 * Counters of several schemas and zero buckets with both signs, some of which are reset: to half of what they were, so that no
 * range begins near zero, where 3 extrapolates otherwise than 2.42. Off the whole seconds, as those of floats.
 */
export function randomHistograms(random: Random, span: Span): RawSeries[] {
  return ['api', 'db', 'cache'].flatMap((job) =>
    ['a:1', 'b:2'].map((instance) => {
      const labels = Labels.from(Object.entries({ __name__: 'took_seconds', job, instance }));
      return { labels, ...EMPTY, histograms: samples(random, span) };
    }),
  );
}

const EMPTY = { timestamps: new Float64Array(0), values: new Float64Array(0), stale: undefined };

function samples(random: Random, span: Span): { timestamps: Float64Array; values: Histogram[] } {
  let value = counted({
    schema: random.pick([0, 1, 3, -1]),
    hint: 'unknown',
    zeroThreshold: random.pick([0.001, 1e-128]),
    zeroCount: random.whole(1_000, 2_000),
    count: 0,
    sum: random.between(1, 1e4),
    positive: randomSide(random),
    negative: random.chance(0.5) ? randomSide(random) : bucketsOf([]),
    bounds: undefined,
  });
  const timestamps: number[] = [];
  const values: Histogram[] = [];
  const phase = random.between(0, span.everyMs);
  for (let ms = span.startMs + phase; ms < span.endMs; ms += span.everyMs) {
    const at = Math.floor(ms + random.between(-500, 500));
    value = random.chance(0.02) ? counted(mapCounts(value, (count) => Math.floor(count / 2))) : grown(random, value);
    if (random.chance(0.02)) continue;
    timestamps.push(at % 1000 === 0 ? at + 1 : at);
    values.push(value);
  }
  return { timestamps: Float64Array.from(timestamps), values };
}

function randomSide(random: Random): Buckets {
  let index = random.whole(-10, 5);
  return bucketsOf(
    Array.from({ length: random.whole(1, 12) }, () => {
      index += random.whole(1, 2);
      return [index, random.whole(1_000, 9_000)];
    }),
  );
}

function grown(random: Random, value: Histogram): Histogram {
  const side = (buckets: Buckets) =>
    bucketsOf(Array.from(entriesOf(buckets), ([index, count]) => [index, count + random.whole(0, 5)] as const));
  const { zeroCount, sum, positive, negative } = value;
  const next = { zeroCount: zeroCount + random.whole(0, 3), sum: sum + random.between(0, 10) };
  return counted({ ...value, ...next, positive: side(positive), negative: side(negative) });
}

function counted(value: Histogram): Histogram {
  const all = [...value.positive.counts, ...value.negative.counts];
  return { ...value, count: all.reduce((sum, count) => sum + count, value.zeroCount) };
}
