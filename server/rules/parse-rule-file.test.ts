import { describe, expect, it } from 'vitest';
import { parseRuleFile } from './parse-rule-file.ts';

const group = (rule: string) => `groups:\n  - name: g\n    rules:\n${rule.replace(/^/gm, '      ')}\n`;

describe('parseRuleFile', () => {
  it('reads everything that Prometheus allows', () => {
    const [rule] = parseRuleFile(
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
`,
      'a.yaml',
    );
    expect(rule).toMatchObject({
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
      intervalMs: 30_000,
      limit: 10,
      queryOffsetMs: 60_000,
    });
    expect(rule?.expr).toMatchObject({ measure: 'up', comparator: '==', threshold: 0 });
  });

  it('keeps a rule whose expression it cannot read, with the reason, and the others', () => {
    const rules = parseRuleFile(
      group('- {alert: A, expr: "rate(x[5m]) > 1"}\n- {alert: A, expr: up == 0}\n- {alert: B, expr: up == 0}'),
      'a.yaml',
    );
    expect(rules.map(({ key, expr, error }) => [key, expr === null, error])).toEqual([
      ['a.yaml/g/A', true, expect.stringMatching(/no measure rate/)],
      ['a.yaml/g/A#2', false, null],
      ['a.yaml/g/B', false, null],
    ]);
  });

  it.each([
    ['groups:', []],
    ['groups: []', []],
    ['groups: [{name: g}]', []],
  ])('%s is no rule', (text, expected) => expect(parseRuleFile(text, 'a.yaml')).toEqual(expected));

  it.each([
    [group('- {alert: A, expr: up == 0, fro: 1m}'), /line 4: groups\.0\.rules\.0: Unrecognized key: "fro"/],
    [group('- {alert: A, expr: up == 0, for: soon}'), /line 4: .*"soon" is not a duration/],
    [group('- {alert: A}'), /line 4: groups\.0\.rules\.0\.expr/],
    [group('- {expr: up == 0}'), /line 4: a rule needs `alert`/],
    [group('- {alert: A, record: b, expr: up == 0}'), /either/],
    [group('- {record: a:b, expr: up == 0}'), /recording rules \(a:b\) need the PromQL engine/],
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
    const [rule] = parseRuleFile(group(`- {alert: A, expr: up == 0, labels: {severity: ${label}}}`), 'a.yaml');
    expect(rule?.severity).toBe(severity);
  });
});
