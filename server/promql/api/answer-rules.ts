import { hash } from 'node:crypto';
import type { Alert as AlertRow, PrismaClient, RuleEvaluation } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import { formatExponent } from '#server/rules/template/go-number.ts';
import type { AnyRule, RuleGroup } from '#server/rules/rule.ts';
import { matchesValue } from '../labels/matches-value.ts';
import { printExpr } from '../print/print-expr.ts';
import { PromqlError } from '../promql-error.ts';
import type { Endpoint, EndpointTable } from './endpoint.ts';
import { invalidParameter, parseSelectors } from './parse-params.ts';

export interface RulesContext {
  db: PrismaClient;
  config: Pick<Config, 'rules'>;
  /** Of groups that name none. */
  ruleIntervalMs: number;
}

/** `/api/v1/rules` and `/api/v1/alerts`: the rules as they are configured, with how their last evaluation went. */
export function rulesEndpoints(context: RulesContext): EndpointTable {
  return {
    rules: { endpoint: answerRules(context), post: false },
    alerts: { endpoint: answerAlerts(context), post: false },
  };
}

function answerRules({ db, config, ruleIntervalMs }: RulesContext): Endpoint {
  return async (_, { params }) => {
    const wanted = readFilter(params);
    const { groups, token } = readPage(config.rules.values(), params);
    const [evaluations, alerts] = await Promise.all([db.ruleEvaluation.findMany(), readOpen(db)]);
    const evaluationOf = new Map(evaluations.map((row) => [row.ruleKey, row]));
    const data = groups.flatMap((group) => {
      const rules = group.rules.filter(wanted);
      if (rules.length === 0) return [];
      const found = group.rules.flatMap(({ key }) => evaluationOf.get(key) ?? []);
      return {
        name: group.name,
        file: group.file,
        rules: rules.map((rule) => {
          const own = alerts.filter(({ ruleKey }) => ruleKey === rule.key);
          return describeRule(
            rule,
            evaluationOf.get(rule.key),
            params.get('exclude_alerts') === 'true' ? null : own,
            own,
          );
        }),
        interval: (group.intervalMs ?? ruleIntervalMs) / 1_000,
        limit: group.limit,
        evaluationTime: found.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1_000,
        lastEvaluation: toTime(
          found.map(({ evaluatedAt }) => evaluatedAt).toSorted((a, b) => Number(b) - Number(a))[0],
        ),
      };
    });
    return { data: { groups: data, ...(token === undefined ? {} : { groupNextToken: token }) } };
  };
}

function answerAlerts({ db }: RulesContext): Endpoint {
  return async () => ({ data: { alerts: (await readOpen(db)).map(describeAlert) } });
}

/** Those of our own rules; what other programs pushed is Alertmanager's, and its API tells it. */
function readOpen(db: PrismaClient): Promise<AlertRow[]> {
  return db.alert.findMany({
    where: { openKey: { not: null }, expiresAt: null },
    orderBy: [{ activeSince: 'asc' }, { id: 'asc' }],
  });
}

function describeRule(
  rule: AnyRule,
  evaluation: RuleEvaluation | undefined,
  shown: AlertRow[] | null,
  alerts: AlertRow[],
): object {
  const query = rule.expr ? printExpr(rule.expr) : rule.exprText;
  const lastError = rule.error ?? evaluation?.lastError;
  const state = rule.error !== null || evaluation?.health === 'error' ? 'err' : evaluation ? 'ok' : 'unknown';
  const health = {
    health: state,
    ...(lastError ? { lastError } : {}),
    evaluationTime: (evaluation?.durationMs ?? 0) / 1_000,
    lastEvaluation: toTime(evaluation?.evaluatedAt),
  };
  if (rule.kind === 'record') {
    const labels = Object.keys(rule.labels).length > 0 ? { labels: rule.labels } : {};
    return { name: rule.name, query, ...labels, ...health, type: 'recording' };
  }
  return {
    state: alerts.some((alert) => alert.state === 'firing') ? 'firing' : alerts.length > 0 ? 'pending' : 'inactive',
    name: rule.name,
    query,
    duration: rule.forMs / 1_000,
    keepFiringFor: rule.keepFiringForMs / 1_000,
    labels: rule.labels,
    annotations: rule.annotations,
    alerts: (shown ?? []).map(describeAlert),
    ...health,
    type: 'alerting',
  };
}

function describeAlert({ labels, annotations, state, activeSince, keepFiringSince, value }: AlertRow): object {
  return {
    labels,
    annotations,
    state,
    activeAt: toTime(activeSince),
    ...(keepFiringSince ? { keepFiringSince: toTime(keepFiringSince) } : {}),
    // Values that JSON and Postgres have no words for are kept as nothing.
    value: value === null ? 'NaN' : formatExponent(value, digitsOf(value)),
  };
}

/** As many as tell the value from its neighbours. */
function digitsOf(value: number): number {
  return value
    .toExponential()
    .split('e')[0]!
    .replace(/^-?\d\.?/, '').length;
}

/** Go's zero time where there is none. */
function toTime(at: Date | undefined): string {
  return at ? at.toISOString() : '0001-01-01T00:00:00Z';
}

function readFilter(params: URLSearchParams): (rule: AnyRule) => boolean {
  const type = params.get('type')?.toLowerCase() ?? '';
  if (type !== '' && type !== 'alert' && type !== 'record')
    throw invalidParameter('type', `not supported value ${JSON.stringify(params.get('type'))}`);
  const excluding = params.get('exclude_alerts') ?? '';
  if (!/^(true|false|1|0|)$/i.test(excluding))
    throw invalidParameter(
      'exclude_alerts',
      `error converting exclude_alerts: ${JSON.stringify(excluding)} is neither true nor false`,
    );
  const only = (name: string) => new Set(params.getAll(name));
  const [names, groups, files] = [only('rule_name[]'), only('rule_group[]'), only('file[]')];
  const matcherSets = parseSelectors(params);
  return (rule) =>
    (type === '' || rule.kind === type) &&
    (names.size === 0 || names.has(rule.name)) &&
    (groups.size === 0 || groups.has(rule.group)) &&
    (files.size === 0 || files.has(rule.file)) &&
    (matcherSets.length === 0 ||
      matcherSets.some((set) => set.every((matcher) => matchesValue(matcher, rule.labels[matcher.name] ?? ''))));
}

/** A page of groups, and the token of the next. */
function readPage(groups: RuleGroup[], params: URLSearchParams): { groups: RuleGroup[]; token?: string } {
  const [limitText, from] = [params.get('group_limit') ?? '', params.get('group_next_token') ?? ''];
  if (limitText === '' && from === '') return { groups };
  if (limitText === '') throw invalidParameter('group_limit', 'group_limit needs to be set if group_next_token is');
  const limit = Number(limitText);
  if (!Number.isInteger(limit) || limit <= 0)
    throw invalidParameter('group_limit', 'group_limit needs to be greater than 0');
  const start = from === '' ? 0 : groups.findIndex((group) => tokenOf(group) === from);
  if (start === -1) throw new PromqlError('bad_data', `invalid group_next_token '${from}'. were rule groups changed?`);
  const next = groups[start + limit];
  return { groups: groups.slice(start, start + limit), ...(next ? { token: tokenOf(next) } : {}) };
}

function tokenOf({ file, name }: RuleGroup): string {
  return hash('sha1', `${file};${name}`);
}
