import { RE2JS } from 're2js';
import type { Call, Matcher, VectorSelector } from '../ast.ts';
import { evaluateVector } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { selectInstant } from '../evaluate/select-instant.ts';
import { createSeries, presenceOf, setHistogram, type Grid, type VectorSeries } from '../evaluate/values.ts';
import { Labels, METRIC_NAME } from '../labels/labels.ts';
import { compileMatcher } from '../labels/matches-value.ts';
import { PromqlError } from '../promql-error.ts';

const IDENTIFYING = ['instance', 'job'] as const;
const TARGET_INFO: Matcher = { name: METRIC_NAME, op: '=', value: 'target_info' };

/** Rows of info metrics of one target, by the name of the metric; their values are the times of their samples, in seconds. */
type InfoOfTarget = Map<string, VectorSeries[]>;

interface DataLabels {
  /** None stands for all. */
  names: ReadonlySet<string>;
  /** Whether a series without any info fits. */
  mayLack: boolean;
}

/**
 * Series with the labels that info metrics (`target_info` unless the selector names others) have for the same instance and job.
 * As https://prometheus.io/docs/prometheus/latest/querying/functions/#info has it.
 */
export async function info(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const base = await evaluateVector(evaluation, expr.args[0]!, grid);
  const matchers = dataSelector(expr);
  const byName = matchers.filter(({ name }) => name === METRIC_NAME);
  const byData = matchers.filter(({ name }) => name !== METRIC_NAME);
  // Who asks for data labels alone asks for those of target_info, which then may itself be among what is to be told of.
  const isInfo = expr.args[1] ? fitsAll(byName) : fitsAll([TARGET_INFO]);
  const plain = base.filter((row) => !isInfo(row.labels));
  const found = await readInfo(evaluation, plain, [...(byName.length > 0 ? byName : [TARGET_INFO]), ...byData], grid);
  const dataLabels: DataLabels = {
    names: new Set(byData.map(({ name }) => name)),
    mayLack: byData.every((matcher) => compileMatcher(matcher)('')),
  };
  const results = new Map<string, VectorSeries>();
  for (const row of base) {
    await evaluation.breathe();
    const own = isInfo(row.labels) ? undefined : (found.get(targetOf(row.labels)) ?? new Map());
    const present = presenceOf(row);
    const combined = own && combiner(row.labels, own, dataLabels);
    for (let step = 0; step < grid.count; step++) {
      if (present[step] === 0) continue;
      const labels = combined ? combined(step) : row.labels;
      if (labels) copyStep(results, labels, row, step);
    }
  }
  return [...results.values()];
}

function dataSelector({ args: [, selector] }: Call): Matcher[] {
  if (!selector) return [];
  if (selector.kind !== 'vectorSelector') throw new PromqlError('execution', 'expected label selectors only');
  if (selector.name !== '')
    throw new PromqlError('execution', 'expected label selectors only, got vector selector instead');
  return selector.matchers;
}

function fitsAll(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map(compileMatcher);
  return (labels) => tests.length > 0 && tests.every((fits) => fits(labels.get(METRIC_NAME)));
}

function targetOf(labels: Labels): string {
  return IDENTIFYING.map((name) => labels.get(name)).join('\uffff');
}

async function readInfo(
  evaluation: Evaluation,
  base: readonly VectorSeries[],
  matchers: Matcher[],
  grid: Grid,
): Promise<Map<string, InfoOfTarget>> {
  const ids = IDENTIFYING.flatMap((name): Matcher[] => {
    const values = new Set(base.map(({ labels }) => labels.get(name)).filter((value) => value !== ''));
    return values.size === 0 ? [] : [{ name, op: '=~', value: [...values].map((each) => RE2JS.quote(each)).join('|') }];
  });
  const targets = new Map<string, InfoOfTarget>();
  if (ids.length === 0) return targets;
  const selector: VectorSelector = {
    kind: 'vectorSelector',
    name: '',
    matchers: [...matchers, ...ids],
    offsetMs: 0,
    at: undefined,
    position: { start: 0, end: 0 },
  };
  const values = await selectInstant(evaluation, selector, grid);
  if (values.some(({ histograms }) => histograms?.some(Boolean)))
    throw new PromqlError('execution', 'info sample should be float');
  for (const row of await selectInstant(evaluation, selector, grid, 'time')) {
    const target = targets.get(targetOf(row.labels)) ?? new Map<string, VectorSeries[]>();
    const name = row.labels.get(METRIC_NAME);
    target.set(name, [...(target.get(name) ?? []), row]);
    targets.set(targetOf(row.labels), target);
  }
  return targets;
}

/** The labels that a series has at a step; undefined where it is left out. */
function combiner(base: Labels, target: InfoOfTarget, data: DataLabels): (step: number) => Labels | undefined {
  const known = new Map<string, Labels | undefined>();
  return (step) => {
    const chosen = [...target.values()].flatMap((rows) => newest(rows, step) ?? []);
    const key = chosen.map(({ labels }) => labels.key).join('\ufffe');
    if (!known.has(key)) known.set(key, combine(base, chosen, data));
    return known.get(key);
  };
}

/** Of two that overlap, as when a target's info has changed, the one whose sample is newer. */
function newest(rows: readonly VectorSeries[], step: number): VectorSeries | undefined {
  let best: VectorSeries | undefined;
  for (const row of rows) {
    if (row.has[step] === 0) continue;
    if (best && row.values[step] === best.values[step]) {
      const ms = Math.round(row.values[step]! * 1000);
      const reason = `found duplicate series for info metric: existing ${best.labels.toString()} @ ${ms}, new ${row.labels.toString()} @ ${ms}`;
      throw new PromqlError('execution', reason);
    }
    if (!best || row.values[step]! > best.values[step]!) best = row;
  }
  return best;
}

function combine(base: Labels, chosen: readonly VectorSeries[], { names, mayLack }: DataLabels): Labels | undefined {
  if (chosen.length === 0) return mayLack ? base : undefined;
  const added = new Map<string, string>();
  for (const { labels } of chosen) {
    for (const [name, value] of labels.entries()) {
      if (name === METRIC_NAME || (names.size > 0 && !names.has(name))) continue;
      if ((added.get(name) ?? value) !== value) throw new PromqlError('execution', `conflicting label: ${name}`);
      if (base.get(name) === '') added.set(name, value);
    }
  }
  return Labels.from([...base.entries(), ...added]);
}

function copyStep(results: Map<string, VectorSeries>, labels: Labels, row: VectorSeries, step: number): void {
  const result = results.get(labels.key) ?? createSeries(labels, row.has.length);
  results.set(labels.key, result);
  if (result.has[step] === 1 || result.histograms?.[step])
    throw new PromqlError('execution', 'vector cannot contain metrics with the same labelset');
  const histogram = row.histograms?.[step];
  if (histogram) return setHistogram(result, step, histogram);
  result.has[step] = 1;
  result.values[step] = row.values[step]!;
}
