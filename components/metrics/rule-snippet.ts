export const CONDITIONS = ['as written', '>', '>=', '<', '<=', '==', '!='] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface RuleDraft {
  kind: 'alert' | 'record';
  name: string;
  expr: string;
  condition: Condition;
  threshold: string;
  /** As Prometheus writes durations: `5m`. */
  forText: string;
  severity: 'info' | 'warning' | 'critical';
}

/** What is wrong with a draft, or null when its snippet can be used. */
export function faultOf({ kind, name, condition, threshold, forText }: RuleDraft): string | null {
  if (kind === 'alert' && !/^[a-zA-Z_]\w*$/.test(name)) return 'Name the alert with letters, digits and _.';
  if (kind === 'record' && !/^[a-zA-Z_:][\w:]*$/.test(name)) return 'Name the series as a metric: job:requests:rate1m.';
  if (kind === 'record') return null;
  if (condition !== 'as written' && (threshold.trim() === '' || !Number.isFinite(Number(threshold))))
    return 'The threshold is a number.';
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(forText)) return 'Write the time as 30s, 5m or 1h30m.';
  return null;
}

/** The rule as a file of config/rules has it. */
export function ruleSnippet(draft: RuleDraft): string {
  const { kind, name, condition, threshold, forText, severity } = draft;
  const expr = draft.expr.trim();
  const compared =
    kind === 'record' || condition === 'as written' ? expr : `(${closed(expr)}) ${condition} ${threshold.trim()}`;
  const rule =
    kind === 'record'
      ? [`- record: ${name}`, ...exprLines(compared)]
      : [
          `- alert: ${name}`,
          ...exprLines(compared),
          `  for: ${forText}`,
          '  labels:',
          `    severity: ${severity}`,
          '  annotations:',
          `    summary: "${name}: {{ $value }}"`,
        ];
  return ['groups:', '  - name: metrics', '    rules:', ...rule.map((line) => `      ${line}`), ''].join('\n');
}

/** A block, because quotes and colons are at home in expressions. */
function exprLines(expr: string): string[] {
  return ['  expr: |-', ...expr.split('\n').map((line) => `    ${line.trimEnd()}`)];
}

/** A comment at the end would swallow the bracket. */
function closed(expr: string): string {
  return expr.includes('#') ? `${expr}\n` : expr;
}
