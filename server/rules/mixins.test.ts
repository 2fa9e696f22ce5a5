// Rules in the manner of the collections that everybody runs load as they are, and each can be asked.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPrometheus, PROMTOOL } from '#server/promql/testing/peer-prometheus.ts';
import { loadSeries, memorySource } from '#server/promql/testing/memory-source.ts';
import { parseRuleFile } from './parse-rule-file.ts';
import { queryRule } from './query-rule.ts';
import { rulesOf } from './rule.ts';
import { createTestedGroup, evaluateGroup } from './unit-tests/evaluate-group.ts';
import { MemorySamples } from './unit-tests/memory-samples.ts';

const DIR = 'server/rules/testing/mixins';
const files = readdirSync(DIR);
const groups = files.flatMap((file) => parseRuleFile(readFileSync(path.join(DIR, file), 'utf8'), file));
const rules = rulesOf(groups);

it.each(rules.map((rule) => [`${rule.file}: ${rule.name}`, rule] as const))('%s', async (_, rule) => {
  expect(rule.error).toBeNull();
  await queryRule(rule, memorySource([]), 0);
});

it('fire with their texts', async () => {
  const samples = new MemorySamples();
  const series = loadSeries(
    `kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",job="kube-state-metrics",namespace="shop",pod="web-1",container="web",cluster="eu"} 1x30
     kube_job_status_start_time{job="kube-state-metrics",namespace="shop",job_name="import"} 0x30
     kube_job_status_active{job="kube-state-metrics",namespace="shop",job_name="import"} 1x30`,
    60_000,
  );
  for (const { labels, timestamps, values } of series)
    samples.add(Array.from(values, (value, place) => ({ labels, value, timeMs: timestamps[place]! })));
  const tested = createTestedGroup(groups.find(({ name }) => name === 'kubernetes-apps')!);
  const surroundings = { externalUrl: 'http://x', externalLabels: {} };
  for (const minute of [10, 25])
    expect(await evaluateGroup(tested, samples, minute * 60_000, surroundings)).toEqual([]);
  const [episode] = tested.episodes.get('kubernetes.yaml/kubernetes-apps/PodCrashLooping') ?? [];
  expect(episode).toMatchObject({
    state: 'firing',
    annotations: {
      description: 'Pod shop/web-1 (web) is in waiting state (reason: "CrashLoopBackOff")on cluster eu.',
    },
  });
  const [absent] = tested.episodes.get('kubernetes.yaml/kubernetes-apps/TargetDown') ?? [];
  expect(absent?.labels).toEqual({ alertname: 'TargetDown', job: 'kubelet', severity: 'critical' });
});

describe.skipIf(!hasPrometheus())('side by side with promtool', () => {
  it.each(files)('%s', (file) => {
    const out = execFileSync(PROMTOOL, ['check', 'rules', '--lint=none', path.join(DIR, file)], { encoding: 'utf8' });
    expect(out).toContain(`SUCCESS: ${rules.filter((rule) => rule.file === file).length} rules found`);
  });
});
