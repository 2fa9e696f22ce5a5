import type { Aggregate } from '../ast.ts';
import { addHistograms, divideHistogram } from '../histogram/arithmetic.ts';
import type { Histogram } from '../histogram/histogram.ts';
import type { Incompatible } from '../histogram/reconcile.ts';
import { METRIC_NAME } from '../labels/labels.ts';
import type { RowGroup } from './aggregate.ts';
import type { Evaluation } from './evaluation.ts';
import { floatsOf, presenceOf, setHistogram, type VectorSeries } from './values.ts';

/** Aggregations that make something of histograms; the others leave them out. */
const TAKES_HISTOGRAMS: ReadonlySet<string> = new Set([
  'sum',
  'avg',
  'count',
  'group',
  'count_values',
  'limitk',
  'limit_ratio',
]);

/** The group that an aggregation works on: without histograms, of which the query is told, if it cannot use them. */
export function withoutUnusable(evaluation: Evaluation, expr: Aggregate, group: RowGroup): RowGroup {
  if (TAKES_HISTOGRAMS.has(expr.op) || group.rows.every(({ histograms }) => !histograms)) return group;
  evaluation.inform(`ignored histogram in ${expr.op} aggregation`, expr.expr.position);
  return { ...group, rows: group.rows.map(floatsOf) };
}

/** Rows that are 1 where there is a value of either kind, for what only counts. */
export function asPresence({ labels, rows }: RowGroup): RowGroup {
  if (rows.every(({ histograms }) => !histograms)) return { labels, rows };
  return { labels, rows: rows.map((row) => ({ labels: row.labels, values: row.values, has: presenceOf(row) })) };
}

/** Adds the histograms of a group to the sums, or means, of its floats. A step that has both has no result. */
export function sumHistograms(evaluation: Evaluation, expr: Aggregate, { rows }: RowGroup, result: VectorSeries): void {
  for (let step = 0; step < result.has.length; step++) {
    const found = rows.filter(({ histograms }) => histograms?.[step]);
    if (found.length === 0) continue;
    if (result.has[step] === 1) {
      result.has[step] = 0;
      evaluation.warn('encountered a mix of histograms and floats for aggregation', expr.expr.position);
      continue;
    }
    const sum = addAll(found.map(({ histograms }) => histograms![step]!));
    if (typeof sum === 'string') {
      const reason = `${INCOMPATIBLE[sum]} for metric name ${JSON.stringify(found[0]!.labels.get(METRIC_NAME))}`;
      evaluation.warn(reason, expr.expr.position);
    } else setHistogram(result, step, expr.op === 'avg' ? divideHistogram(sum, found.length) : sum);
  }
}

/** What Prometheus calls it when histograms are too unlike. */
export const INCOMPATIBLE: Readonly<Record<Incompatible, string>> = {
  'mixed schemas': 'vector contains a mix of histograms with exponential and custom buckets schemas',
  'custom bounds': 'vector contains histograms with incompatible custom buckets',
};

/** The sum of at least one histogram, or why there is none. */
export function addAll([first, ...others]: Histogram[]): Histogram | Incompatible {
  let sum = first!;
  for (const other of others) {
    const next = addHistograms(sum, other);
    if (typeof next === 'string') return next;
    sum = next;
  }
  return sum;
}

/** Picks rows by what only counts, then gives them the values that they had. */
export function pickPresent(group: RowGroup, pick: (group: RowGroup) => VectorSeries[]): VectorSeries[] {
  if (group.rows.every(({ histograms }) => !histograms)) return pick(group);
  const before = new Map(group.rows.map((row) => [row.labels.key, row]));
  return pick(asPresence(group)).map(({ labels, has: picked }) => {
    const { values, has, histograms } = before.get(labels.key)!;
    return {
      labels,
      values,
      has: has.map((present, step) => present & picked[step]!),
      histograms: histograms?.map((one, step) => (picked[step] === 1 ? one : undefined)),
    };
  });
}
