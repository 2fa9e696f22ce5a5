import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import { parseYaml } from '#server/config/parse-yaml.ts';
import { parseDuration } from './parse-duration.ts';
import { parseExpr, type Expr } from './parse-expr.ts';
import { checkTemplate } from './render-template.ts';
import { toSeverity, type AlertSeverity } from './severity.ts';

/** An alerting rule as its file states it; `expr` is null when the expression cannot be read, with the reason in `error`. */
export interface AlertRule {
  /** `file/group/alert`, with `#2` for the second of that name in its group. */
  key: string;
  name: string;
  group: string;
  file: string;
  exprText: string;
  expr: Expr | null;
  error: string | null;
  forMs: number;
  keepFiringForMs: number;
  /** Templates until an alert renders them. */
  labels: Record<string, string>;
  annotations: Record<string, string>;
  severity: AlertSeverity;
  /** A name in config/runbooks. */
  runbook: string | null;
  intervalMs: number | null;
  /** More alerts than this are an error; 0 is no limit. */
  limit: number;
  queryOffsetMs: number;
}

const Duration = z.string().transform((text, context) => {
  try {
    return parseDuration(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});
/** YAML reads an unquoted 5 or true as another type; Prometheus takes both as text. */
const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const LabelName = z.string().regex(/^[a-zA-Z_]\w*$/, 'is not the name of a label');
const Template = Text.superRefine((text, context) => {
  try {
    checkTemplate(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});
const Templates = z.record(LabelName, Template).nullish();
const RuleNode = z.strictObject({
  alert: z.string().min(1).optional(),
  record: z.string().min(1).optional(),
  expr: Text,
  for: Duration.nullish(),
  keep_firing_for: Duration.nullish(),
  labels: Templates,
  annotations: Templates,
});
const RuleFile = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        interval: Duration.nullish(),
        limit: z.number().int().min(0).nullish(),
        query_offset: Duration.nullish(),
        labels: Templates,
        rules: z.array(RuleNode).nullish(),
      }),
    )
    .nullish(),
});

/** Reads a file in Prometheus's rule format. A fault of the format makes the whole file unusable; an `expr` that we cannot read only its rule. */
export function parseRuleFile(text: string, file: string): AlertRule[] {
  const { value, lineOf } = parseYaml(text, RuleFile);
  const groups = value.groups ?? [];
  const rules: AlertRule[] = [];
  for (const [groupIndex, group] of groups.entries()) {
    if (groups.findIndex(({ name }) => name === group.name) !== groupIndex)
      throw at(lineOf(['groups', groupIndex, 'name']), `there are two groups named ${group.name}`);
    for (const [ruleIndex, node] of (group.rules ?? []).entries()) {
      const line = lineOf(['groups', groupIndex, 'rules', ruleIndex]);
      const name = checkKind(node, line);
      const twins = rules.filter((rule) => rule.group === group.name && rule.name === name).length;
      const labels = { ...group.labels, ...node.labels };
      const annotations = node.annotations ?? {};
      rules.push({
        key: `${file}/${group.name}/${name}${twins > 0 ? `#${twins + 1}` : ''}`,
        name,
        group: group.name,
        file,
        exprText: node.expr,
        ...readExpr(node.expr),
        forMs: node.for ?? 0,
        keepFiringForMs: node.keep_firing_for ?? 0,
        labels,
        annotations,
        severity: toSeverity(labels.severity),
        runbook: annotations.runbook ?? null,
        intervalMs: group.interval ?? null,
        limit: group.limit ?? 0,
        queryOffsetMs: group.query_offset ?? 0,
      });
    }
  }
  return rules;
}

function checkKind(node: z.infer<typeof RuleNode>, line: number): string {
  if (node.alert === undefined && node.record === undefined) throw at(line, 'a rule needs `alert`');
  if (node.alert !== undefined && node.record !== undefined) throw at(line, 'a rule is either `alert` or `record`');
  if (node.alert === undefined)
    throw at(line, `recording rules (${node.record}) need the PromQL engine, which this version does not have`);
  return node.alert;
}

function readExpr(text: string): Pick<AlertRule, 'expr' | 'error'> {
  try {
    return { expr: parseExpr(text), error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { expr: null, error: error.message };
  }
}

function at(line: number, message: string): AppError {
  return new AppError('BAD_REQUEST', `line ${line}: ${message}`);
}
