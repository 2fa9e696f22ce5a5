import type { SampleSource } from '#server/promql/evaluate/evaluation.ts';
import { isSameHistogram } from '#server/promql/histogram/compare.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import { parseHistogram } from '#server/promql/histogram/parse-histogram.ts';
import { histogramToString } from '#server/promql/histogram/print.ts';
import { Labels } from '#server/promql/labels/labels.ts';
import { formatFloat } from '#server/promql/print/format-float.ts';
import { queryInstant, type QueryData } from '#server/promql/query.ts';
import { formatDuration } from '../parse-duration.ts';
import { difference } from './compare-alerts.ts';
import type { ExprTest } from './parse-test-file.ts';
import { parseSeriesName } from './series-values.ts';

interface Found {
  labels: Labels;
  value: number;
  histogram?: Histogram | undefined;
}

/** What differs between the value of an expression and what a test expects of it. */
export async function compareSamples(
  { expr, eval_time: atMs, exp_samples: wanted }: ExprTest,
  source: SampleSource,
  startMs: number,
  { fuzzyCompare }: { fuzzyCompare: boolean },
): Promise<string[]> {
  const head = `expr: ${JSON.stringify(expr)}, time: ${formatDuration(atMs)}`;
  try {
    const expected = (wanted ?? []).map(({ labels, value, histogram }): Found => {
      return { labels: parseSeriesName(labels), value, histogram: histogram ? parseHistogram(histogram) : undefined };
    });
    const { data } = await queryInstant({ source, query: expr, timeMs: startMs + atMs });
    const got = toFound(data);
    if (isSame(expected, got, fuzzyCompare)) return [];
    return [`${head},\n${difference(expected.map(describe).toSorted(), got.map(describe).toSorted())}`];
  } catch (error) {
    return [`${head}, err: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function toFound(data: QueryData): Found[] {
  switch (data.resultType) {
    case 'vector':
      return data.result;
    case 'scalar':
      return [{ labels: Labels.empty, value: data.value }];
    default:
      throw new Error('rule result is not a vector or scalar');
  }
}

function isSame(expected: readonly Found[], got: readonly Found[], fuzzy: boolean): boolean {
  if (expected.length !== got.length) return false;
  const byLabels = (a: Found, b: Found) => a.labels.compare(b.labels);
  const others = got.toSorted(byLabels);
  return expected.toSorted(byLabels).every(({ labels, value, histogram }, place) => {
    const other = others[place]!;
    if (histogram || other.histogram) {
      const bothAre = histogram !== undefined && other.histogram !== undefined;
      return bothAre && labels.key === other.labels.key && isSameHistogram(histogram, other.histogram!);
    }
    return (
      labels.key === other.labels.key &&
      (Object.is(value, other.value) || value === other.value || (fuzzy && isNear(value, other.value)))
    );
  });
}

/** As upstream's `fuzzy_compare`: what rounding changes. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), Number.MIN_VALUE);
}

function describe({ labels, value, histogram }: Found): string {
  const text = histogram ? histogramToString(histogram) : formatFloat(value, 'g');
  return `${labels.get('__name__')}${labels.withoutName()} ${text}`;
}
