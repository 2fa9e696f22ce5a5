import { describe, expect, it } from 'vitest';
import { parseRuleFile } from './parse-rule-file.ts';
import { alertRulesOf, rulesOf } from './rule.ts';

const group = (rule: string) => `groups:\n  - name: g\n    rules:\n${rule.replace(/^/gm, '      ')}\n`;

describe('parseRuleFile', () => {
  it('reads everything that Prometheus allows', () => {
    const [read] = parseRuleFile(
      `
groups:
  - name: availability
    interval: 30s
    limit: 10
    query_offset: 1m
    labels: { team: core, severity: warning }
    rules:
      - alert: ServiceDown
        expr: up{job="gateway"} == 0
        for: 1m30s
        keep_firing_for: 5m
        labels: { severity: critical, tier: 1 }
        annotations: { summary: "{{ $labels.job }} is down", runbook: service-down }
      - record: job:up:sum
        expr: sum by (job) (up)
        labels: { tier: 007 }
`,
      'a.yaml',
    );
    const [rule, recorded] = read!.rules;
    expect(read).toMatchObject({ name: 'availability', intervalMs: 30_000, limit: 10, queryOffsetMs: 60_000 });
    expect(recorded).toMatchObject({
      kind: 'record',
      key: 'a.yaml/availability/record:job:up:sum',
      name: 'job:up:sum',
      labels: { team: 'core', severity: 'warning', tier: '007' },
      limit: 10,
      queryOffsetMs: 60_000,
    });
    expect(rule).toMatchObject({
      kind: 'alert',
      key: 'a.yaml/availability/ServiceDown',
      group: 'availability',
      file: 'a.yaml',
      exprText: 'up{job="gateway"} == 0',
      error: null,
      forMs: 90_000,
      keepFiringForMs: 300_000,
      labels: { team: 'core', severity: 'critical', tier: '1' },
      severity: 'critical',
      runbook: 'service-down',
      limit: 10,
      queryOffsetMs: 60_000,
    });
    expect(rule?.expr).toMatchObject({ kind: 'binary', op: '==' });
  });

  it('keeps a rule whose expression it cannot read, with the reason, and the others', () => {
    const rules = rulesOf(
      parseRuleFile(
        group('- {alert: A, expr: "rate(x) > 1"}\n- {alert: A, expr: up == 0}\n- {alert: B, expr: up == 0}'),
        'a.yaml',
      ),
    );
    expect(rules.map(({ key, expr, error }) => [key, expr === null, error])).toEqual([
      ['a.yaml/g/A', true, expect.stringMatching(/^1:6: parse error: expected type range vector/)],
      ['a.yaml/g/A#2', false, null],
      ['a.yaml/g/B', false, null],
    ]);
  });

  it.each([
    ['groups:', []],
    ['groups: []', []],
    ['groups: [{name: g}]', []],
  ])('%s is no rule', (text, expected) => expect(rulesOf(parseRuleFile(text, 'a.yaml'))).toEqual(expected));

  it.each([
    [group('- {alert: A, expr: up == 0, fro: 1m}'), /line 4: groups\.0\.rules\.0: Unrecognized key: "fro"/],
    [group('- {alert: A, expr: up == 0, for: soon}'), /line 4: .*"soon" is not a duration/],
    [group('- {alert: A}'), /line 4: groups\.0\.rules\.0\.expr/],
    [group('- {expr: up == 0}'), /line 4: a rule needs `alert`/],
    [group('- {alert: A, record: b, expr: up == 0}'), /either/],
    [group('- {record: a:b, expr: up, for: 5m}'), /line 4: `for` is for alerts, and a:b is recorded/],
    [group('- {record: a b, expr: up}'), /a b is not the name of a metric/],
    [group('- {alert: A, expr: up == 0, labels: {__name__: x}}'), /is the name of the metric/],
    [group('- {alert: A, expr: up == 0, labels: {"a-b": c}}'), /not the name of a label/],
    [group('- {alert: A, expr: up == 0, annotations: {s: "{{ $x }}"}}'), /names \$x/],
    ['groups: [{name: g}, {name: g}]', /two groups named g/],
    ['group: []', /Unrecognized key: "group"/],
    ['groups: [', /line 1/],
  ])('refuses %j', (text, message) => expect(() => parseRuleFile(text, 'a.yaml')).toThrow(message));

  it.each([
    ['page', 'critical'],
    ['error', 'critical'],
    ['none', 'info'],
    ['p3', 'warning'],
  ])('severity %s is shown as %s', (label, severity) => {
    const [rule] = alertRulesOf(
      parseRuleFile(group(`- {alert: A, expr: up == 0, labels: {severity: ${label}}}`), 'a.yaml'),
    );
    expect(rule?.severity).toBe(severity);
  });
});
