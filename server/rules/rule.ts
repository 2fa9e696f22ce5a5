import type { Expr } from '#server/promql/ast.ts';
import type { AlertSeverity } from './severity.ts';

interface BaseRule {
  /** `file/group/name`, with `#2` for the second of that name in its group. */
  key: string;
  /** Of the alert, or of the series that is recorded. */
  name: string;
  group: string;
  file: string;
  exprText: string;
  /** Null when the expression cannot be read, with the reason in `error`. */
  expr: Expr | null;
  error: string | null;
  /** Those of its group, and its own, which win; of alerts they are templates. */
  labels: Record<string, string>;
  /** More alerts or series than this are an error; 0 is no limit. */
  limit: number;
  queryOffsetMs: number;
}

/** An alerting rule as its file states it. */
export interface AlertRule extends BaseRule {
  kind: 'alert';
  forMs: number;
  keepFiringForMs: number;
  /** Templates until an alert renders them. */
  annotations: Record<string, string>;
  severity: AlertSeverity;
  /** A name in config/runbooks. */
  runbook: string | null;
}

/** A rule whose result is written back as a series of its name. */
export interface RecordRule extends BaseRule {
  kind: 'record';
}

export type AnyRule = AlertRule | RecordRule;

/** Rules that are evaluated one after the other, so that a rule may use what one before it recorded. */
export interface RuleGroup {
  name: string;
  file: string;
  /** Null for the console's own interval. */
  intervalMs: number | null;
  limit: number;
  queryOffsetMs: number;
  rules: AnyRule[];
}

export function rulesOf(groups: readonly RuleGroup[]): AnyRule[] {
  return groups.flatMap(({ rules }) => rules);
}

export function alertRulesOf(groups: readonly RuleGroup[]): AlertRule[] {
  return rulesOf(groups).filter((rule) => rule.kind === 'alert');
}
