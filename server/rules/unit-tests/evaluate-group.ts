import { alertSeries } from '../alert-series.ts';
import { decide, type Episode } from '../decide.ts';
import { instantiateAlerts } from '../instantiate-alerts.ts';
import { queryRule } from '../query-rule.ts';
import { queryTemplate } from '../query-template.ts';
import { recordSeries } from '../record-series.ts';
import type { AnyRule, RuleGroup } from '../rule.ts';
import { SeriesSet } from '../series/series-set.ts';
import type { MemorySamples } from './memory-samples.ts';

/** A group of rules as one test knows it: without databases, the decisions are the same. */
export interface TestedGroup {
  group: RuleGroup;
  series: Map<string, SeriesSet>;
  /** By the key of the rule. */
  episodes: Map<string, Episode[]>;
}

export interface TestSurroundings {
  externalUrl: string;
  externalLabels: Record<string, string>;
}

export function createTestedGroup(group: RuleGroup): TestedGroup {
  return { group, series: new Map(group.rules.map(({ key }) => [key, new SeriesSet()])), episodes: new Map() };
}

/** Evaluates a group once, and answers which rules failed and why. */
export async function evaluateGroup(
  tested: TestedGroup,
  samples: MemorySamples,
  nowMs: number,
  surroundings: TestSurroundings,
): Promise<{ rule: AnyRule; error: Error }[]> {
  const failed: { rule: AnyRule; error: Error }[] = [];
  for (const rule of tested.group.rules) {
    try {
      await evaluate(tested, rule, samples, nowMs, surroundings);
    } catch (error) {
      failed.push({ rule, error: error as Error });
    }
  }
  return failed;
}

async function evaluate(
  { series, episodes }: TestedGroup,
  rule: AnyRule,
  samples: MemorySamples,
  nowMs: number,
  surroundings: TestSurroundings,
): Promise<void> {
  const source = samples.sourceUntil(nowMs);
  const timeMs = nowMs - rule.queryOffsetMs;
  const found = await queryRule(rule, source, timeMs);
  const own = series.get(rule.key)!;
  if (rule.kind === 'record') {
    samples.add(own.next(recordSeries(rule, found.samples), timeMs));
    return;
  }
  const query = (expr: string) => queryTemplate(source, expr, timeMs);
  const active = await instantiateAlerts(rule, found.samples, { ...surroundings, nowMs, query });
  const { next } = decide(episodes.get(rule.key) ?? [], active, nowMs, rule);
  episodes.set(rule.key, next);
  samples.add(own.next(alertSeries(next), timeMs));
}
