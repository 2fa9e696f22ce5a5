import type { SampleSource } from '#server/promql/evaluate/evaluation.ts';
import { Labels } from '#server/promql/labels/labels.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import { PromqlError } from '#server/promql/promql-error.ts';
import { queryInstant, type QueryData } from '#server/promql/query.ts';
import type { AnyRule } from './rule.ts';
import { compare, nearest, splitThreshold } from './split-threshold.ts';

export interface RuleSample {
  labels: Labels;
  value: number;
  /** What a recording rule keeps instead. */
  histogram?: Histogram | undefined;
}

export interface RuleResult {
  samples: RuleSample[];
  /** What to show beside the rule while it is calm: null where the expression has no threshold, or nothing to hold against it. */
  current: number | null;
}

/** A rule that takes longer keeps the others of its group waiting. */
const TIMEOUT_MS = 15_000;

/** The instant vector of a rule's expression; throws with Prometheus's words. A scalar is one sample without labels, as upstream. */
export async function queryRule(
  { exprText, expr, error }: Pick<AnyRule, 'exprText' | 'expr' | 'error'>,
  source: SampleSource,
  timeMs: number,
): Promise<RuleResult> {
  if (expr === null) throw new PromqlError('bad_data', error ?? 'the expression cannot be read');
  const threshold = splitThreshold(exprText, expr);
  const query = threshold?.vector ?? exprText;
  const { data } = await queryInstant({ source, query, timeMs, limits: { timeoutMs: TIMEOUT_MS } });
  const samples = toSamples(data);
  if (!threshold) return { samples, current: samples[0]?.value ?? null };
  const { op, limit } = threshold;
  return {
    samples: samples.filter(({ value }) => compare(value, op, limit)),
    current: nearest(
      threshold,
      samples.map(({ value }) => value),
    ),
  };
}

function toSamples(data: QueryData): RuleSample[] {
  switch (data.resultType) {
    case 'vector':
      // The value of an alert is a number; upstream has 0 too where there is none.
      return data.result.map(({ labels, value, histogram }) => ({ labels, value: histogram ? 0 : value, histogram }));
    case 'scalar':
      return [{ labels: Labels.empty, value: data.value }];
    default:
      throw new PromqlError('execution', 'rule result is not a vector or scalar');
  }
}
