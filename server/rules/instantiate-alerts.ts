import { AppError } from '#server/errors.ts';
import type { ActiveAlert } from './decide.ts';
import { fingerprint } from './fingerprint.ts';
import type { MeasureSample } from './measures/measure.ts';
import { compare, matchesLabels, type Expr } from './parse-expr.ts';
import type { AlertRule } from './parse-rule-file.ts';
import { renderTemplate } from './render-template.ts';

/** The alerts that the rule's expression holds for, each with its labels and annotations rendered; throws as Prometheus does on twins and over the limit. */
export function instantiateAlerts(
  rule: AlertRule,
  expr: Expr,
  samples: readonly MeasureSample[],
  externalUrl: string,
): ActiveAlert[] {
  const alerts = samples
    .filter(({ labels, value }) => matchesLabels(expr, labels) && compare(value, expr.comparator, expr.threshold))
    .map(({ labels, value }) => {
      const data = { labels, value, externalUrl };
      const render = (templates: Record<string, string>) =>
        Object.fromEntries(Object.entries(templates).map(([name, text]) => [name, renderTemplate(text, data)]));
      const own = withoutEmpty({ ...labels, ...render(rule.labels), alertname: rule.name });
      return { fingerprint: fingerprint(own), labels: own, annotations: render(rule.annotations), value };
    });
  if (new Set(alerts.map((alert) => alert.fingerprint)).size < alerts.length)
    throw new AppError(
      'BAD_REQUEST',
      'Two series have the same labels once the rule’s labels are applied: let the rule’s labels not replace those that tell series apart.',
    );
  if (rule.limit > 0 && alerts.length > rule.limit)
    throw new AppError('BAD_REQUEST', `The group's limit is ${rule.limit} alerts, and there are ${alerts.length}.`);
  return alerts;
}

/** The value to show beside the rule: of the series that it selects the one nearest to firing, or beyond. */
export function currentValue(expr: Expr, samples: readonly MeasureSample[]): number | null {
  const values = samples
    .filter(({ labels, value }) => matchesLabels(expr, labels) && !Number.isNaN(value))
    .map(({ value }) => value);
  if (values.length === 0) return null;
  const matching = values.find((value) => compare(value, expr.comparator, expr.threshold));
  if (expr.comparator === '<' || expr.comparator === '<=') return Math.min(...values);
  if (expr.comparator === '>' || expr.comparator === '>=') return Math.max(...values);
  return matching ?? values[0] ?? null;
}

/** An empty label is no label. */
function withoutEmpty(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}
