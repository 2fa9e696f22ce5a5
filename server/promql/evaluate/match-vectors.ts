import type { Binary, Matching } from '../ast.ts';
import type { Histogram } from '../histogram/histogram.ts';
import type { Labels } from '../labels/labels.ts';
import { PromqlError } from '../promql-error.ts';
import type { Evaluation } from './evaluation.ts';
import { operateHistograms } from './operate-histograms.ts';
import { arithmetic, comparison } from './operate.ts';
import { matchSignature } from './signature.ts';
import { createSeries, isPopulated, presenceOf, setHistogram, type VectorSeries } from './values.ts';

interface Group {
  signature: Labels;
  many: VectorSeries[];
  one: VectorSeries[];
}

/**
 * Arithmetic and comparison between vectors: each series of the "many" side with the one of the other side that has the
 * same signature. That there is only one is a question of each step, not of the whole range.
 */
export async function matchVectors(
  evaluation: Evaluation,
  expr: Binary,
  matching: Matching,
  left: VectorSeries[],
  right: VectorSeries[],
  count: number,
): Promise<VectorSeries[]> {
  const swapped = matching.card === 'one-to-many';
  const [many, one] = swapped ? [right, left] : [left, right];
  const anyMany = anywhere(many, count);
  const results = new Map<string, VectorSeries>();
  for (const group of groupBySignature(matching, many, one)) {
    await evaluation.breathe();
    refuseTwoOnOneSide(group, anyMany, swapped);
    if (group.one.length > 0) matchGroup(evaluation, expr, matching, group, swapped, results, count);
  }
  return [...results.values()].filter(isPopulated);
}

function groupBySignature(matching: Matching, many: VectorSeries[], one: VectorSeries[]): Iterable<Group> {
  const signatureOf = matchSignature(matching);
  const groups = new Map<string, Group>();
  const add = (side: 'many' | 'one', row: VectorSeries) => {
    const signature = signatureOf(row.labels);
    const group = groups.get(signature.key) ?? { signature, many: [], one: [] };
    groups.set(signature.key, group);
    group[side].push(row);
  };
  for (const row of many) add('many', row);
  for (const row of one) add('one', row);
  return groups.values();
}

function anywhere(rows: VectorSeries[], count: number): Uint8Array {
  const any = new Uint8Array(count);
  for (const row of rows) {
    const present = presenceOf(row);
    for (let step = 0; step < count; step++) any[step]! |= present[step]!;
  }
  return any;
}

function refuseTwoOnOneSide({ signature, one }: Group, anyMany: Uint8Array, swapped: boolean): void {
  if (one.length < 2) return;
  const seen = Array.from<VectorSeries | undefined>({ length: anyMany.length });
  for (const row of one) {
    const present = presenceOf(row);
    for (let step = 0; step < anyMany.length; step++) {
      if (present[step] === 0 || anyMany[step] === 0) continue;
      const other = seen[step];
      if (other) {
        throw new PromqlError(
          'execution',
          `found duplicate series for the match group ${String(signature)} on the ${swapped ? 'left' : 'right'} hand-side of the operation: ` +
            `[${String(row.labels)}, ${String(other.labels)}];many-to-many matching not allowed: matching labels must be unique on one side`,
        );
      }
      seen[step] = row;
    }
  }
}

function matchGroup(
  evaluation: Evaluation,
  expr: Binary,
  matching: Matching,
  group: Group,
  swapped: boolean,
  results: Map<string, VectorSeries>,
  count: number,
): void {
  const compute = arithmetic(expr.op);
  const compare = comparison(expr.op);
  const oneToOne = matching.card === 'one-to-one';
  // By step: which series of the "many" side was matched already, where only one may be.
  const taken = oneToOne && group.many.length > 1 ? new Uint8Array(count) : undefined;
  for (const one of group.one) {
    for (const many of group.many) {
      const labels = resultLabels(expr, matching, many.labels, one.labels);
      let result = results.get(labels.key);
      const isMixed = many.histograms !== undefined || one.histograms !== undefined;
      for (let step = 0; step < count; step++) {
        let value: number;
        let histogram: Histogram | undefined;
        const left = swapped ? one.values[step]! : many.values[step]!;
        const right = swapped ? many.values[step]! : one.values[step]!;
        if (many.has[step] === 0 || one.has[step] === 0) {
          const mixed = isMixed ? matchHistograms(evaluation, expr, many, one, swapped, step) : undefined;
          if (mixed === undefined) continue;
          histogram = typeof mixed === 'object' ? mixed : undefined;
          value = typeof mixed === 'object' ? 0 : mixed;
        } else if (compute) value = compute(left, right);
        else {
          const holds = compare!(left, right);
          if (!holds && !expr.returnBool) continue;
          value = expr.returnBool ? Number(holds) : left;
        }
        if (taken?.[step] === 1)
          throw multipleMatches('many-to-one matching must be explicit (group_left/group_right)');
        if (taken) taken[step] = 1;
        if (!result) results.set(labels.key, (result = createSeries(labels, count)));
        if (result.has[step] === 1 || result.histograms?.[step]) {
          if (!oneToOne) throw multipleMatches('grouping labels must ensure unique matches');
          throw new PromqlError('execution', 'vector cannot contain metrics with the same labelset');
        }
        if (histogram) setHistogram(result, step, histogram);
        else {
          result.has[step] = 1;
          result.values[step] = value;
        }
      }
    }
  }
}

/** What two samples make of which at least one is a histogram. */
function matchHistograms(
  evaluation: Evaluation,
  expr: Binary,
  many: VectorSeries,
  one: VectorSeries,
  swapped: boolean,
  step: number,
): number | Histogram | undefined {
  const [left, right] = swapped ? [one, many] : [many, one];
  const [a, b] = [left, right].map(({ values, has, histograms }) =>
    has[step] === 1 ? values[step]! : histograms?.[step],
  );
  return a === undefined || b === undefined ? undefined : operateHistograms(evaluation, expr, a, b);
}

function multipleMatches(advice: string): PromqlError {
  return new PromqlError('execution', `multiple matches for labels: ${advice}`);
}

function resultLabels(expr: Binary, matching: Matching, many: Labels, one: Labels): Labels {
  let labels = arithmetic(expr.op) || expr.returnBool ? many.withoutName() : many;
  if (matching.card === 'one-to-one') {
    const names = new Set(matching.labels);
    labels = matching.on ? labels.keep(names) : labels.without(names);
  }
  for (const name of matching.include) labels = labels.with(name, one.get(name));
  return labels;
}
