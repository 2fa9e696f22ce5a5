import { formatDuration } from '../parse-duration.ts';
import type { RuleGroup } from '../rule.ts';
import { compareAlerts } from './compare-alerts.ts';
import { compareSamples } from './compare-samples.ts';
import { createTestedGroup, evaluateGroup, type TestedGroup } from './evaluate-group.ts';
import { MemorySamples } from './memory-samples.ts';
import type { RuleTest } from './parse-test-file.ts';
import { parseSeriesName, parseSeriesValues } from './series-values.ts';

export interface TestOptions {
  groups: readonly RuleGroup[];
  evaluationMs: number;
  fuzzyCompare: boolean;
}

/** Runs one test, and answers what differs from what it expects; nothing when it passes. */
export async function runTest(test: RuleTest, options: TestOptions): Promise<string[]> {
  const { evaluationMs } = options;
  const startMs = toMs(test.start_timestamp);
  const samples = new MemorySamples();
  for (const { series, values } of test.input_series ?? []) {
    const labels = parseSeriesName(series);
    const stepMs = test.interval || evaluationMs;
    const given = parseSeriesValues(values).map((value, place) => ({ value, timeMs: startMs + place * stepMs }));
    samples.add(given.flatMap(({ value, timeMs }) => (value === null ? [] : [{ labels, value, timeMs }])));
  }
  const surroundings = { externalUrl: test.external_url ?? '', externalLabels: test.external_labels ?? {} };
  const groups = options.groups.map(createTestedGroup);
  const alertTests = test.alert_rule_test ?? [];
  const exprTests = test.promql_expr_test ?? [];
  const lastMs = Math.max(0, ...[...alertTests, ...exprTests].map(({ eval_time: ms }) => ms));
  const differences: string[] = [];
  let atMs = 0;
  for (; atMs <= lastMs; atMs += evaluationMs) {
    const failures = await evaluateAll(groups, samples, startMs + atMs, surroundings, formatDuration(atMs));
    if (failures.length > 0) return [...differences, ...failures];
    const due = alertTests.filter(({ eval_time: ms }) => atMs <= ms && ms < atMs + evaluationMs);
    for (const one of due) differences.push(...compareAlerts(one, groups));
  }
  const source = samples.sourceUntil(startMs + atMs - evaluationMs);
  for (const one of exprTests) differences.push(...(await compareSamples(one, source, startMs, options)));
  return differences;
}

async function evaluateAll(
  groups: readonly TestedGroup[],
  samples: MemorySamples,
  nowMs: number,
  surroundings: { externalUrl: string; externalLabels: Record<string, string> },
  time: string,
): Promise<string[]> {
  const failures: string[] = [];
  for (const group of groups) {
    for (const { rule, error } of await evaluateGroup(group, samples, nowMs, surroundings))
      failures.push(`rule: ${rule.name}, time: ${time}, err: ${error.message}`);
  }
  return failures;
}

/** Unix seconds, or a date. */
function toMs(time: string | undefined): number {
  if (time === undefined) return 0;
  return /^\d+(\.\d+)?$/.test(time) ? Number(time) * 1_000 : Date.parse(time);
}
