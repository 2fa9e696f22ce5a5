import { beforeEach, describe, expect, it } from 'vitest';
import { decodeMetrics } from './decode-metrics.ts';
import { StreamBook } from './stream-book.ts';
import { NOW_MS } from './testing/otlp-arbitrary.ts';
import { encode, MetricsRequestType } from './testing/otlp-root.ts';
import { readHistograms } from './testing/read-histograms.ts';
import { readSamples } from './testing/read-samples.ts';

const ns = (secondsLater: number) => String((BigInt(NOW_MS) + BigInt(secondsLater) * 1_000n) * 1_000_000n);
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

let book: StreamBook;
beforeEach(() => (book = new StreamBook()));

function decode(metrics: object[]) {
  // A stream that is known already would come without its series.
  book.forgetAnnouncements();
  const resourceMetrics = [{ resource: { attributes: [text('service.name', 'shop')] }, scopeMetrics: [{ metrics }] }];
  const decoded = decodeMetrics(encode(MetricsRequestType, { resourceMetrics }), NOW_MS, book);
  return { ...decoded, rows: readSamples(decoded.series.chunks(), decoded.samples.chunks()) };
}

const sum = (points: [secondsLater: number, delta: number][], attributes: object[] = []) => ({
  name: 'hits',
  sum: {
    aggregationTemporality: 1,
    isMonotonic: true,
    dataPoints: points.map(([at, delta]) => ({ timeUnixNano: ns(at), asInt: delta, attributes })),
  },
});

const totals = (metrics: object[]) => {
  const { rows, ignored } = decode(metrics);
  return { values: rows.map(({ timestampMs, value }) => [(timestampMs - NOW_MS) / 1000, value]), ignored, rows };
};

const exponential = (at: number, scale: number, bucketCounts: number[]) => ({
  name: 'latency',
  exponentialHistogram: {
    aggregationTemporality: 1,
    dataPoints: [
      {
        timeUnixNano: ns(at),
        scale,
        count: bucketCounts.reduce((x, y) => x + y, 0),
        sum: 1,
        positive: { offset: 0, bucketCounts },
      },
    ],
  },
});

const nativesOf = (metrics: object[]) =>
  readHistograms(decode(metrics).histograms.chunks()).map((one) => ({
    schema: one.schema,
    count: one.count,
    sum: one.sum,
    positive: one.positive,
  }));

const delta = (at: number, bucketCounts: number[]) => ({
  name: 'took',
  histogram: {
    aggregationTemporality: 1,
    dataPoints: [{ timeUnixNano: ns(at), explicitBounds: [1, 2], bucketCounts, count: 3, sum: 1 }],
  },
});

const texts = (metrics: object[]) =>
  totals(metrics).rows.map(({ name, labels, value }) => `${name}{${labels['le'] ?? ''}} ${value}`);

describe('deltas', () => {
  it('become what a cumulative sender would have sent', () => {
    expect(totals([sum([[0, 5]])]).values).toEqual([[0, 5]]);
    expect(
      totals([
        sum([
          [10, 2],
          [20, 3],
        ]),
      ]).values,
    ).toEqual([
      [10, 7],
      [20, 10],
    ]);
  });

  it('count once when they are sent again, and the sender is told', () => {
    totals([sum([[0, 5]])]);
    const again = totals([sum([[0, 5]])]);
    expect(again.values).toEqual([[0, 5]]);
    expect(again.ignored.describe()).toContain('1 × deltas that end no later than one before them');
    expect(totals([sum([[10, 1]])]).values).toEqual([[10, 6]]);
  });

  it('are one stream whatever the order of their attributes', () => {
    const [a, b] = [text('a', '1'), text('b', '2')];
    totals([sum([[0, 5]], [a, b])]);
    expect(totals([sum([[10, 1]], [b, a])]).values).toEqual([[10, 6]]);
    expect(totals([sum([[10, 1]], [a])]).values).toEqual([[10, 1]]);
  });

  it('of exponential histograms add up over changing scales, once each', () => {
    const first = {
      schema: 1,
      count: 3,
      sum: 1,
      positive: [
        [1, 1],
        [2, 2],
      ],
    };
    expect(nativesOf([exponential(0, 1, [1, 2])])).toEqual([first]);
    expect(nativesOf([exponential(0, 1, [1, 2])])).toEqual([first]);
    const both = {
      schema: 0,
      count: 8,
      sum: 2,
      positive: [
        [1, 7],
        [2, 1],
      ],
    };
    expect(nativesOf([exponential(10, 0, [4, 1])])).toEqual([both]);
  });

  it('of histograms add up bucket by bucket', () => {
    texts([delta(0, [1, 2, 0])]);
    expect(texts([delta(10, [0, 1, 2])])).toEqual([
      'took_bucket{1} 1',
      'took_bucket{2} 4',
      'took_bucket{+Inf} 6',
      'took_count{} 6',
      'took_sum{} 2',
    ]);
  });

  it('of a histogram that says nothing are its end', () => {
    const stale = exponential(20, 0, []);
    Object.assign(stale.exponentialHistogram.dataPoints[0]!, { flags: 1 });
    const { rows, histograms } = decode([stale]);
    expect(histograms.rows).toBe(0);
    expect(rows).toMatchObject([{ name: 'latency', value: NaN }]);
  });

  it('begin at zero again when there are more streams than the book holds, which readers see as a restart', () => {
    book = new StreamBook(20_000);
    totals([sum([[0, 5]])]);
    for (let n = 0; n < 200; n++) totals([sum([[1, 1]], [text('n', String(n))])]);
    expect(totals([sum([[10, 1]])]).values).toEqual([[10, 1]]);
    expect(book.streams).toBeLessThan(100);
  });
});
