import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import type { Db } from '#server/db.ts';
import { AppError } from '#server/errors.ts';
import { assertHeld, type Lease } from '#server/leadership/lease.ts';
import type { Log } from '#server/log.ts';
import type { Store } from '#server/store/client.ts';
import { decide, type Episode } from './decide.ts';
import { currentValue, instantiateAlerts } from './instantiate-alerts.ts';
import { MEASURES } from './measures/index.ts';
import type { AlertRule } from './parse-rule-file.ts';
import { recordDecision } from './record-decision.ts';

export interface EvaluationContext {
  db: PrismaClient;
  store: Store;
  config: Pick<Config, 'checks' | 'publicUrl'>;
  lease: Lease;
  log: Log;
  now: () => Date;
}

export interface Evaluation {
  health: 'ok' | 'error';
  /** How many alerts changed their state. */
  transitions: number;
  /** When time alone would change something, or null. */
  dueMs: number | null;
}

/** A measure that answers with more than this is a mistake in the rule, not so many alerts for people to read. */
const ALERTS_MAX = 1_000;

/** Evaluates one rule once. A failure is the rule's health and changes no alert: not knowing is not the same as all clear. */
export async function evaluateRule(context: EvaluationContext, rule: AlertRule): Promise<Evaluation> {
  const startedMs = performance.now();
  const now = context.now();
  try {
    const { expr } = rule;
    if (expr === null) throw new AppError('BAD_REQUEST', rule.error ?? 'The expression cannot be read.');
    const { db, store, config, lease } = context;
    const samples = await MEASURES[expr.measure].read({
      store,
      db,
      checks: config.checks.values(),
      atMs: now.getTime() - rule.queryOffsetMs,
    });
    const limit = rule.limit || ALERTS_MAX;
    const active = instantiateAlerts({ ...rule, limit }, expr, samples, config.publicUrl);
    const durationMs = performance.now() - startedMs;
    const health = { health: 'ok' as const, lastError: null, currentValue: currentValue(expr, samples), durationMs };
    return await db.$transaction(async (tx) => {
      await assertHeld(tx, lease);
      const previous = await readEpisodes(tx, rule.key);
      const decision = decide(previous, active, now.getTime(), rule);
      await recordDecision(tx, { rule, previous, decision, now });
      await saveHealth(tx, rule, now, health);
      return { health: 'ok', transitions: decision.transitions.length, dueMs: decision.dueMs };
    });
  } catch (error) {
    await recordFailure(context, rule, now, performance.now() - startedMs, error);
    return { health: 'error', transitions: 0, dueMs: null };
  }
}

/** The alerts of a rule that have begun and not ended. */
export async function readEpisodes(db: Db, ruleKey: string): Promise<Episode[]> {
  const rows = await db.alert.findMany({ where: { ruleKey, openKey: { not: null } }, orderBy: { activeSince: 'asc' } });
  return rows.map((row) => ({
    fingerprint: row.fingerprint,
    labels: row.labels as Record<string, string>,
    annotations: row.annotations as Record<string, string>,
    value: row.value ?? Number.NaN,
    state: row.state === 'firing' ? 'firing' : 'pending',
    activeSinceMs: row.activeSince.getTime(),
    firedMs: row.firedAt?.getTime() ?? null,
    keepFiringSinceMs: row.keepFiringSince?.getTime() ?? null,
  }));
}

async function recordFailure(
  { db, log, lease }: EvaluationContext,
  rule: AlertRule,
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

async function saveHealth(tx: Db, rule: AlertRule, now: Date, health: Health): Promise<void> {
  const data = { ...health, evaluatedAt: now };
  await tx.ruleEvaluation.upsert({
    where: { ruleKey: rule.key },
    create: { ruleKey: rule.key, ...data },
    update: data,
  });
}
