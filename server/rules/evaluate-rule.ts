import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import { assertHeld, type Lease } from '#server/leadership/lease.ts';
import type { Log } from '#server/log.ts';
import type { SampleSource } from '#server/promql/evaluate/evaluation.ts';
import type { Store } from '#server/store/client.ts';
import { alertSeries } from './alert-series.ts';
import { decide, type ActiveAlert, type Decision } from './decide.ts';
import { instantiateAlerts } from './instantiate-alerts.ts';
import { queryRule } from './query-rule.ts';
import { queryTemplate } from './query-template.ts';
import { readEpisodes } from './read-episodes.ts';
import { recordDecision } from './record-decision.ts';
import { recordSeries } from './record-series.ts';
import type { AlertRule, AnyRule, RecordRule } from './rule.ts';
import type { RuleReport } from './save-health.ts';
import type { SeriesWriter, OwnSample } from './series/series-writer.ts';
import type { SeriesSet } from './series/series-set.ts';

export interface EvaluationContext {
  db: PrismaClient;
  store: Store;
  writer: SeriesWriter;
  config: Pick<Config, 'publicUrl'>;
  lease: Lease;
  log: Log;
  now: () => Date;
}

/** When and over what a rule is evaluated. */
export interface Occasion {
  source: SampleSource;
  now: Date;
  /** Those that it wrote before. */
  series: SeriesSet;
  /** False where this process ended or found ended the last alert of the rule: then none has to be read. */
  mayBeOpen: boolean;
}

export interface Evaluation {
  /** To be stored beside the rule. */
  report: RuleReport;
  /** How many alerts changed their state. */
  transitions: number;
  /** When time alone would change something, or null. */
  dueMs: number | null;
  /** Whether the next evaluation must read the alerts that are open. */
  mayBeOpen: boolean;
  /** To be written: what was recorded, or what is to be said of the alerts. */
  samples: OwnSample[];
}

/** A rule that answers with more than this is a mistake, not so many alerts for people to read. */
const ALERTS_MAX = 1_000;

/** Evaluates one rule once. A failure is the rule's health, and changes no alert and ends no series: not knowing is not the same as all clear. */
export async function evaluateRule(context: EvaluationContext, rule: AnyRule, occasion: Occasion): Promise<Evaluation> {
  const startedMs = performance.now();
  try {
    return rule.kind === 'alert'
      ? await evaluateAlert(context, rule, occasion, startedMs)
      : await evaluateRecord(rule, occasion, startedMs);
  } catch (error) {
    const report = reportFailure(context, rule, occasion.now, performance.now() - startedMs, error);
    return { report, transitions: 0, dueMs: null, mayBeOpen: true, samples: [] };
  }
}

async function evaluateAlert(
  context: EvaluationContext,
  rule: AlertRule,
  { source, now, series, mayBeOpen }: Occasion,
  startedMs: number,
): Promise<Evaluation> {
  const nowMs = now.getTime();
  const timeMs = nowMs - rule.queryOffsetMs;
  const { samples, current } = await queryRule(rule, source, timeMs);
  const active = await instantiateAlerts({ ...rule, limit: rule.limit || ALERTS_MAX }, samples, {
    externalUrl: context.config.publicUrl,
    nowMs,
    query: (expr) => queryTemplate(source, expr, timeMs),
  });
  const durationMs = performance.now() - startedMs;
  const isCalm = active.length === 0 && !mayBeOpen;
  const { transitions, dueMs, next } = isCalm ? NOTHING : await decideAndRecord(context, rule, active, now);
  return {
    report: reportSuccess(rule, now, durationMs, current),
    transitions: transitions.length,
    dueMs,
    mayBeOpen: next.length > 0,
    samples: series.next(alertSeries(next), timeMs),
  };
}

const NOTHING: Decision = { next: [], transitions: [], dueMs: null };

function decideAndRecord(
  { db, lease }: EvaluationContext,
  rule: AlertRule,
  active: readonly ActiveAlert[],
  now: Date,
): Promise<Decision> {
  return db.$transaction(async (tx) => {
    await assertHeld(tx, lease);
    const previous = await readEpisodes(tx, rule.key);
    const decision = decide(previous, active, now.getTime(), rule);
    await recordDecision(tx, { rule, previous, decision, now });
    return decision;
  });
}

async function evaluateRecord(
  rule: RecordRule,
  { source, now, series }: Occasion,
  startedMs: number,
): Promise<Evaluation> {
  const timeMs = now.getTime() - rule.queryOffsetMs;
  const { samples } = await queryRule(rule, source, timeMs);
  const recorded = recordSeries(rule, samples);
  const durationMs = performance.now() - startedMs;
  // Several series have no one value to show.
  const [only] = recorded;
  const value = recorded.length === 1 && typeof only?.value === 'number' ? only.value : null;
  const report = reportSuccess(rule, now, durationMs, value);
  return { report, transitions: 0, dueMs: null, mayBeOpen: false, samples: series.next(recorded, timeMs) };
}

/** What is said beside a rule that failed. */
export function reportFailure(
  { log }: Pick<EvaluationContext, 'log'>,
  { key }: AnyRule,
  now: Date,
  durationMs: number,
  error: unknown,
): RuleReport {
  const lastError = error instanceof Error ? error.message : String(error);
  log.warn({ rule: key, error: lastError }, 'a rule could not be evaluated');
  return { ruleKey: key, health: 'error', lastError, evaluatedAt: now, durationMs, currentValue: null };
}

function reportSuccess({ key }: AnyRule, now: Date, durationMs: number, current: number | null): RuleReport {
  const currentValue = finiteOrNull(current);
  return { ruleKey: key, health: 'ok', lastError: null, evaluatedAt: now, durationMs, currentValue };
}

/** JSON and Postgres agree on finite numbers only. */
function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
