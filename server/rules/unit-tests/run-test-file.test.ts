// The tests that are shipped with the rules pass; and a file that fails in Debian's promtool fails here, in the same places.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPrometheus, PROMTOOL } from '#server/promql/testing/peer-prometheus.ts';
import { runTestFile } from './run-test-file.ts';

const SHIPPED = 'config/rules/tests';

it.each(readdirSync(SHIPPED))('shipped: %s', async (file) => {
  expect(await runTestFile(path.join(SHIPPED, file))).toEqual([]);
});

const RULES = `
groups:
  - name: first
    rules:
      - {record: 'instance:cpu:rate5m', expr: '1 - avg by (instance) (rate(cpu_total[5m]))', labels: {tier: 007}}
      - {record: 'job:up:avg', expr: avg by (job) (up)}
      - alert: Cpu
        expr: instance:cpu:rate5m > .9
        for: 10m
        labels: {severity: page, where: "{{ $labels.instance | stripPort }}"}
        annotations:
          s: '{{ $value | humanizePercentage }} {{ with query "job:up:avg" }}{{ . | first | value }}{{ end }} {{ if eq $externalLabels.region "eu" }}EU{{ end }}'
          t: '{{ printf "%.3f" $value }} {{ range query "sort(up)" }}{{ .Labels.instance }}={{ .Value }};{{ end }} {{ $value }} {{ $externalURL }}'
      - {alert: Gone, expr: up == 0, for: 2m, keep_firing_for: 3m}
  - name: second
    rules: [{alert: Many, expr: 'count(ALERTS{alertstate="firing"}) > 0'}]
`;
const TESTS = `
rule_files: [rules.yaml]
evaluation_interval: 1m
group_eval_order: [first, second]
tests:
  - interval: 30s
    external_labels: {region: eu}
    external_url: http://x/y
    input_series:
      - {series: 'cpu_total{instance="a:9100"}', values: '0+1x100'}
      - {series: 'up{job="z", instance="a:9100"}', values: '1 _ 0x3 1x2 stale _x3 0x50'}
      - {series: 'up{job="q", instance="b"}', values: '1-0.1x20 NaN Inf'}
    alert_rule_test:
      - {eval_time: 20m, alertname: Cpu}
      - {eval_time: 4m, alertname: Gone}
      - {eval_time: 9m30s, alertname: Gone}
      - {eval_time: 13m, alertname: Many}
    promql_expr_test:
      - {expr: up, eval_time: 2m}
      - {expr: up, eval_time: 5m30s}
      - {expr: ALERTS, eval_time: 13m}
      - {expr: ALERTS_FOR_STATE, eval_time: 13m}
      - {expr: 'instance:cpu:rate5m', eval_time: 13m}
      - {expr: 1 + 1, eval_time: 13m}
      # Samples between the last evaluation and this time are not loaded.
      - {expr: 'count_over_time(up[5m])', eval_time: 21m15s}
      - {expr: 'up{job="none"}', eval_time: 1m}
`;
let dir: string;
let file: string;

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-rule-tests-'));
  file = path.join(dir, 'tests.yaml');
  writeFileSync(path.join(dir, 'rules.yaml'), RULES);
  writeFileSync(file, TESTS);
});
afterAll(() => rmSync(dir, { recursive: true }));

const nativeTests = (histogram: string) => `
rule_files: [natives.yaml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - {series: 'took{i="1"}', values: '{{count:60 sum:90 buckets:[0 60]}}+{{count:60 sum:90 buckets:[0 60]}}x20'}
    alert_rule_test:
      - {eval_time: 10m, alertname: Took, exp_alerts: [{exp_annotations: {s: '0 NaN'}}]}
    promql_expr_test:
      - {expr: 'took:rate5m', eval_time: 10m, exp_samples: [{labels: 'took:rate5m', histogram: '${histogram}'}]}
      - {expr: 'took:p50', eval_time: 10m, exp_samples: [{labels: 'took:p50', value: 1.4142135623730951}]}
`;

it('rules that meet native histograms record them, and alert on them', async () => {
  const rules = `
groups:
  - name: natives
    rules:
      - {record: 'took:rate5m', expr: 'sum(rate(took[5m]))'}
      - {record: 'took:p50', expr: 'histogram_quantile(0.5, took:rate5m)'}
      - alert: Took
        expr: took:rate5m
        annotations: {s: '{{ $value }} {{ with query "took:rate5m" }}{{ . | first | value }}{{ end }}'}
`;
  writeFileSync(path.join(dir, 'natives.yaml'), rules);
  const native = path.join(dir, 'natives-test.yaml');
  writeFileSync(native, nativeTests('{{count:1 sum:1.5 buckets:[0 1] counter_reset_hint:gauge}}'));
  expect(await runTestFile(native)).toEqual([]);
  writeFileSync(native, nativeTests('{{count:1 sum:1.5 buckets:[1] counter_reset_hint:gauge}}'));
  expect((await runTestFile(native)).join('\n')).toContain('took:rate5m{} {count:1, sum:1.5, (1,2]:1}');
});

it('tells what differs', async () => {
  const failures = (await runTestFile(file)).join('\n');
  expect(failures).toContain('+ Labels:{alertname="Cpu", instance="a:9100", severity="page", tier="007", where="a"}');
  expect(failures).toContain('s="96.67% 0 EU"');
  expect(failures).toContain('+ {} 2');
  expect(failures).not.toContain('none');
});

it.each([
  ['rule_files: [nothing.yaml]', /no file matches pattern .*nothing\.yaml/],
  ['tests: [{interval: soon}]', /line 1: tests\.0\.interval: "soon" is not a duration/],
  ['tests: [{input_series: [{series: up, values: x}], promql_expr_test: []}]', /"x" is neither/],
  ['tests: [{promql_expr_test: [{expr: "rate(up)", eval_time: 1m}]}]', /err: 1:6: parse error/],
])('%s is a failure', async (text, message) => {
  const other = path.join(dir, 'other.yaml');
  writeFileSync(other, text);
  expect((await runTestFile(other)).join('\n')).toMatch(message);
});

const promtool = (name: string) => {
  try {
    return execFileSync(PROMTOOL, ['test', 'rules', name], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
};

describe.skipIf(!hasPrometheus())('side by side with promtool', () => {
  it.each(readdirSync(SHIPPED))('%s passes there too', (name) => {
    expect(promtool(path.join(SHIPPED, name))).toContain('SUCCESS');
  });

  it('the same alerts and samples are got', async () => {
    const theirs = promtool(file);
    const labels = [...theirs.matchAll(/Labels:(.*)\n\s*Annotations:(.*)/g)].map(
      ([, own, annotations]) => `+ Labels:${own} Annotations:${annotations}`,
    );
    const samples = [...theirs.matchAll(/^\s+got: (.*)$/gm)].flatMap(([, got]) =>
      [...got!.matchAll(/(\{[^}]*\}) ([-+.\dE]+|NaN|[+-]Inf)/g)].map(
        ([, metric, value]) => `${metric} ${Number(value)}`,
      ),
    );
    const ours = (await runTestFile(file)).join('\n');
    const gotAlerts = [...ours.matchAll(/\+ Labels:.*/g)].map(([line]) => line);
    const gotSamples = [...ours.matchAll(/^\s+\+ ((?!Labels)[^\s{]*)(\{.*\}) (\S+)$/gm)].map(
      ([, name, rest, value]) => {
        const named = name ? `{__name__="${name}"${rest === '{}' ? '' : ', '}${rest!.slice(1)}` : rest;
        return `${named} ${Number(value)}`;
      },
    );
    expect(gotAlerts.toSorted()).toEqual(labels.toSorted());
    expect(gotSamples.toSorted()).toEqual(samples.toSorted());
    expect([gotAlerts.length, gotSamples.length]).toEqual([3, 12]);
  });
});
