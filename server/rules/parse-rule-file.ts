import { z } from 'zod';
import { parseYaml } from '#server/config/parse-yaml.ts';
import { AppError } from '#server/errors.ts';
import { METRIC_NAME } from '#server/promql/labels/labels.ts';
import { parseExpr } from '#server/promql/parse/parse.ts';
import { PromqlError } from '#server/promql/promql-error.ts';
import { parseDuration } from './parse-duration.ts';
import type { AnyRule, RuleGroup } from './rule.ts';
import { toSeverity } from './severity.ts';
import { checkTemplate } from './template/render-template.ts';

const Duration = z.string().transform((text, context) => {
  try {
    return parseDuration(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});
const LabelName = z
  .string()
  .regex(/^[a-zA-Z_]\w*$/, 'is not the name of a label')
  .refine((name) => name !== METRIC_NAME, 'is the name of the metric: `record` sets it');
const Template = z.string().superRefine((text, context) => {
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
  expr: z.string(),
  for: Duration.nullish(),
  keep_firing_for: Duration.nullish(),
  labels: Templates,
  annotations: Templates,
});
type RuleNode = z.infer<typeof RuleNode>;
const RuleFile = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        interval: Duration.nullish(),
        limit: z.coerce.number().int().min(0).nullish(),
        query_offset: Duration.nullish(),
        labels: Templates,
        rules: z.array(RuleNode).nullish(),
      }),
    )
    .nullish(),
});

/** Reads a file in Prometheus's rule format. A fault of the format makes the whole file unusable; an `expr` that we cannot read only its rule. */
export function parseRuleFile(text: string, file: string): RuleGroup[] {
  const { value, lineOf } = parseYaml(text, RuleFile, { asWritten: true });
  const nodes = value.groups ?? [];
  return nodes.map((node, place) => {
    if (nodes.findIndex(({ name }) => name === node.name) !== place)
      throw at(lineOf(['groups', place, 'name']), `there are two groups named ${node.name}`);
    const group: RuleGroup = {
      name: node.name,
      file,
      intervalMs: node.interval || null,
      limit: node.limit ?? 0,
      queryOffsetMs: node.query_offset ?? 0,
      rules: [],
    };
    for (const [rulePlace, ruleNode] of (node.rules ?? []).entries()) {
      const line = lineOf(['groups', place, 'rules', rulePlace]);
      group.rules.push(toRule(group, ruleNode, { ...node.labels, ...ruleNode.labels }, line));
    }
    return group;
  });
}

function toRule(group: RuleGroup, node: RuleNode, labels: Record<string, string>, line: number): AnyRule {
  const { kind, name } = checkKind(node, line);
  const twins = group.rules.filter((rule) => rule.name === name && rule.kind === kind).length;
  const annotations = node.annotations ?? {};
  const base = {
    // What is recorded and what alerts may share a name: the colon keeps them apart, and keys of alerts as they were.
    key: `${group.file}/${group.name}/${kind === 'record' ? 'record:' : ''}${name}${twins > 0 ? `#${twins + 1}` : ''}`,
    name,
    group: group.name,
    file: group.file,
    exprText: node.expr,
    ...readExpr(node.expr),
    labels,
    limit: group.limit,
    queryOffsetMs: group.queryOffsetMs,
  };
  if (kind === 'record') return { kind, ...base };
  return {
    kind,
    ...base,
    forMs: node.for ?? 0,
    keepFiringForMs: node.keep_firing_for ?? 0,
    annotations,
    severity: toSeverity(labels.severity),
    runbook: annotations.runbook ?? null,
  };
}

const OF_ALERTS = ['for', 'keep_firing_for', 'annotations'] as const;

function checkKind(node: RuleNode, line: number): { kind: AnyRule['kind']; name: string } {
  if (node.alert !== undefined && node.record !== undefined) throw at(line, 'a rule is either `alert` or `record`');
  if (node.alert !== undefined) return { kind: 'alert', name: node.alert };
  if (node.record === undefined) throw at(line, 'a rule needs `alert` or `record`');
  for (const field of OF_ALERTS)
    if (node[field]) throw at(line, `\`${field}\` is for alerts, and ${node.record} is recorded`);
  if (/[{}\s]/.test(node.record)) throw at(line, `${node.record} is not the name of a metric`);
  return { kind: 'record', name: node.record };
}

function readExpr(text: string): Pick<AnyRule, 'expr' | 'error'> {
  try {
    return { expr: parseExpr(text), error: null };
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return { expr: null, error: error.message };
  }
}

function at(line: number, message: string): AppError {
  return new AppError('BAD_REQUEST', `line ${line}: ${message}`);
}
