import { AppError } from '#server/errors.ts';
import { METRIC_NAME, type Labels } from '#server/promql/labels/labels.ts';
import type { RuleSample } from './query-rule.ts';
import type { RecordRule } from './rule.ts';
import type { Valued } from './series/series-set.ts';

/** The series that a recording rule makes of its result; throws as Prometheus does on twins and over the limit. */
export function recordSeries(
  { name, labels, limit }: Pick<RecordRule, 'name' | 'labels' | 'limit'>,
  samples: readonly RuleSample[],
): Valued[] {
  if (limit > 0 && samples.length > limit)
    throw new AppError('BAD_REQUEST', `exceeded limit of ${limit} with ${samples.length} series`);
  const own = Object.entries({ ...labels, [METRIC_NAME]: name });
  const series = samples.map((sample) => ({
    labels: own.reduce<Labels>((known, [label, value]) => known.with(label, value), sample.labels),
    value: sample.histogram ?? sample.value,
  }));
  if (new Set(series.map((one) => one.labels.key)).size < series.length)
    throw new AppError('BAD_REQUEST', 'vector contains metrics with the same labelset after applying rule labels');
  return series;
}
