import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import { recordRun } from '#server/integrity/record-run.ts';
import { execute } from '#server/integrity/run-check.ts';
import type { WatchedDatabase } from '#server/integrity/watched-database.ts';
import type { Store } from '#server/store/client.ts';
import { readCircuitTransitions } from '#server/store/queries/circuit-transitions.ts';
import type { DrillFacts } from './judge-drill.ts';
import type { Scenario } from './scenarios.ts';

const TRANSITIONS_MAX = 500;
/** Clocks of the fleet and ours may differ by as much. */
const CLOCKS_MS = 2_000;
const REPORTER = 'gateway';

export interface FactsContext {
  db: PrismaClient;
  store: Store;
  config: Config;
  watched: WatchedDatabase;
  now: () => Date;
  /** Admin ports of the instances of each service. */
  faultUrls: Readonly<Record<string, readonly string[]>>;
}

interface Moments {
  scenario: Scenario;
  faultMs: number;
  faultRemovedMs: number;
  recoveredMs: number | null;
}

/** Everything that the questions of a drill are answered from; runs every integrity check for it. */
export async function gatherFacts(ctx: FactsContext, moments: Moments): Promise<DrillFacts> {
  const { db } = ctx;
  const since = new Date(moments.faultMs);
  const [transitions, fired, violations] = await Promise.all([
    readTransitions(ctx, moments.faultMs),
    db.alert.findMany({
      where: { firedAt: { gte: since } },
      orderBy: { firedAt: 'asc' },
      select: { rule: true, labels: true, firedAt: true },
    }),
    checkIntegrity(ctx, since),
  ]);
  const alerts = fired.map(({ rule, labels, firedAt }) => ({
    rule,
    labels: labels as Record<string, string>,
    firedMs: firedAt!.getTime(),
  }));
  return { ...moments, fleet: Object.keys(ctx.faultUrls), transitions, alerts, violations };
}

/** Is any breaker of a gateway, that moved since, not closed now? */
export async function hasOpenBreaker(ctx: FactsContext, sinceMs: number): Promise<boolean> {
  const transitions = await readTransitions(ctx, sinceMs);
  // The newest come first.
  const last = new Map(transitions.toReversed().map(({ instance, name, state }) => [`${instance} ${name}`, state]));
  return [...last.values()].some((state) => state !== 'closed');
}

function readTransitions({ store, now }: FactsContext, sinceMs: number) {
  const range = { fromMs: sinceMs, toMs: now().getTime() + CLOCKS_MS };
  return readCircuitTransitions(store, { range, reporter: REPORTER, limit: TRANSITIONS_MAX });
}

/** Runs all checks, and counts the rows of each that violate it since the fault and still do. */
async function checkIntegrity(ctx: FactsContext, since: Date): Promise<DrillFacts['violations']> {
  const { db, config } = ctx;
  const results: { check: string; rows: number | null }[] = [];
  for (const check of config.checks.values()) {
    const record = await execute(ctx, check, 'manual');
    await db.$transaction((tx) => recordRun(tx, record));
    const where = { check: check.name, firstSeen: { gte: since }, resolvedAt: null };
    const rows = record.outcome.status === 'failed' ? null : await db.violation.count({ where });
    results.push({ check: check.name, rows });
  }
  return results;
}
