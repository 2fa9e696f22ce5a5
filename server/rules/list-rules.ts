import type { Ctx } from '#server/context.ts';
import { rulesOf, type AnyRule } from './rule.ts';
import type { Rule } from './schema.ts';

/** The rules as they are configured, with how their last evaluation went; a file that cannot be read stands as a rule in error. */
export async function listRules({ db, config }: Pick<Ctx, 'db' | 'config'>): Promise<Rule[]> {
  const [evaluations, open] = await Promise.all([
    db.ruleEvaluation.findMany(),
    db.alert.groupBy({ by: ['ruleKey', 'state'], where: { openKey: { not: null } }, _count: true }),
  ]);
  const evaluationOf = new Map(evaluations.map((row) => [row.ruleKey, row]));
  const rules = rulesOf(config.rules.values()).map((rule): Rule => {
    const evaluation = evaluationOf.get(rule.key);
    const states = open.filter(({ ruleKey }) => ruleKey === rule.key);
    return {
      ...describe(rule),
      state: states.some(({ state }) => state === 'firing') ? 'firing' : states.length > 0 ? 'pending' : 'inactive',
      health: rule.error === null ? (evaluation?.health ?? 'unknown') : 'error',
      lastError: rule.error ?? evaluation?.lastError ?? null,
      lastEvaluationMs: evaluation?.evaluatedAt.getTime() ?? null,
      evaluationMs: evaluation?.durationMs ?? null,
      activeAlerts: states.reduce((sum, { _count }) => sum + _count, 0),
      currentValue: evaluation?.currentValue ?? null,
    };
  });
  return [...rules, ...config.rules.errors().map(({ file, message }) => fileInError(file, message))];
}

function describe(rule: AnyRule) {
  const { kind, name, group, file, exprText, labels } = rule;
  const of = { kind, name, group, file, expr: exprText, labels };
  if (rule.kind === 'record')
    return { ...of, forMs: 0, keepFiringForMs: 0, severity: 'info' as const, annotations: {}, runbook: null };
  const { forMs, keepFiringForMs, severity, annotations, runbook } = rule;
  return { ...of, forMs, keepFiringForMs, severity, annotations, runbook };
}

function fileInError(file: string, message: string): Rule {
  return {
    kind: 'alert',
    name: file,
    group: '',
    file,
    expr: '',
    forMs: 0,
    keepFiringForMs: 0,
    severity: 'warning',
    labels: {},
    annotations: { summary: 'This file cannot be read; its rules are those of its last readable version.' },
    runbook: null,
    state: 'inactive',
    health: 'error',
    lastError: message,
    lastEvaluationMs: null,
    evaluationMs: null,
    activeAlerts: 0,
    currentValue: null,
  };
}
