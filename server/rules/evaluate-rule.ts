import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import type { Db } from '#server/db.ts';
import { assertHeld, type Lease } from '#server/leadership/lease.ts';
import type { Log } from '#server/log.ts';
import type { SampleSource } from '#server/promql/evaluate/evaluation.ts';
import type { Store } from '#server/store/client.ts';
import { alertSeries } from './alert-series.ts';
import { decide } from './decide.ts';
import { instantiateAlerts } from './instantiate-alerts.ts';
import { queryRule } from './query-rule.ts';
import { queryTemplate } from './query-template.ts';
import { readEpisodes } from './read-episodes.ts';
import { recordDecision } from './record-decision.ts';
import { recordSeries } from './record-series.ts';
import type { AlertRule, AnyRule, RecordRule } from './rule.ts';
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

/** When and over what a rule is evaluated; `series` are those that it wrote before. */
export interface Occasion {
  source: SampleSource;
  now: Date;
  series: SeriesSet;
}

export interface Evaluation {
  health: 'ok' | 'error';
  /** How many alerts changed their state. */
  transitions: number;
  /** When time alone would change something, or null. */
  dueMs: number | null;
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
      : await evaluateRecord(context, rule, occasion, startedMs);
  } catch (error) {
    await recordFailure(context, rule, occasion.now, performance.now() - startedMs, error);
    return { health: 'error', transitions: 0, dueMs: null, samples: [] };
  }
}

async function evaluateAlert(
  { db, lease, config }: EvaluationContext,
  rule: AlertRule,
  { source, now, series }: Occasion,
  startedMs: number,
): Promise<Evaluation> {
  const nowMs = now.getTime();
  const timeMs = nowMs - rule.queryOffsetMs;
  const { samples, current } = await queryRule(rule, source, timeMs);
  const active = await instantiateAlerts({ ...rule, limit: rule.limit || ALERTS_MAX }, samples, {
    externalUrl: config.publicUrl,
    nowMs,
    query: (expr) => queryTemplate(source, expr, timeMs),
  });
  const durationMs = performance.now() - startedMs;
  const decision = await db.$transaction(async (tx) => {
    await assertHeld(tx, lease);
    const previous = await readEpisodes(tx, rule.key);
    const decided = decide(previous, active, nowMs, rule);
    await recordDecision(tx, { rule, previous, decision: decided, now });
    await saveHealth(tx, rule, now, { health: 'ok', lastError: null, currentValue: finiteOrNull(current), durationMs });
    return decided;
  });
  const { transitions, dueMs, next } = decision;
  return {
    health: 'ok',
    transitions: transitions.length,
    dueMs,
    samples: series.next(alertSeries(next), timeMs),
  };
}

async function evaluateRecord(
  { db, lease }: EvaluationContext,
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
  const currentValue = finiteOrNull(value);
  await db.$transaction(async (tx) => {
    await assertHeld(tx, lease);
    await saveHealth(tx, rule, now, { health: 'ok', lastError: null, currentValue, durationMs });
  });
  return { health: 'ok', transitions: 0, dueMs: null, samples: series.next(recorded, timeMs) };
}

/** Says beside the rule that it failed, and why. */
export async function recordFailure(
  { db, log, lease }: EvaluationContext,
  rule: AnyRule,
  now: Date,
  durationMs: number,
  error: unknown,
): Promise<void> {
  const lastError = error instanceof Error ? error.message : String(error);
  log.warn({ rule: rule.key, error: lastError }, 'a rule could not be evaluated');
  try {
    await db.$transaction(async (tx) => {
      await assertHeld(tx, lease);
      await saveHealth(tx, rule, now, { health: 'error', lastError, durationMs });
    });
  } catch {
    // The control database is away too; what the log says is all that can be said.
  }
}

interface Health {
  health: 'ok' | 'error';
  lastError: string | null;
  durationMs: number;
  currentValue?: number | null;
}

async function saveHealth(tx: Db, rule: AnyRule, now: Date, health: Health): Promise<void> {
  const data = { ...health, evaluatedAt: now };
  await tx.ruleEvaluation.upsert({
    where: { ruleKey: rule.key },
    create: { ruleKey: rule.key, ...data },
    update: data,
  });
}

/** JSON and Postgres agree on finite numbers only. */
function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
