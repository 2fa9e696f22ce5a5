import type { Drill, PrismaClient } from '#prisma/generated/client.ts';
import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { runGenerator, type Generator } from '#server/load-tests/run-generator.ts';
import type { Summary, Tick } from '#server/load-tests/schema.ts';
import type { Log } from '#server/log.ts';
import { putFault, removeAllFaults } from './ask-faults.ts';
import { calmSince, judgeDrill, whyUnfit } from './judge-drill.ts';
import { gatherFacts, hasOpenBreaker, type FactsContext } from './gather-facts.ts';
import { findScenario, type Scenario } from './scenarios.ts';
import type { Answer, DrillPhase } from './schema.ts';

/** Long enough for every shopper to have come and bought something. */
const BASELINE_S = 15;
/** The shipped checks leave rows a minute to settle; asked sooner, they would not see what the drill did. */
const SETTLE_MS = 75_000;
/** We go on watching beyond the time that is allowed, to say how long it really took. */
const WATCH_RATIO = 1.5;
const STEP_MS = 1_000;
/** A busy machine takes its time to start a process. */
const START_MAX_MS = 60_000;
const NONE = { served: 0, limited: 0, breaker: 0, failed: 0, unanswered: 0 };
/** A process that is to die again and again is told so as often. */
const DIE_EVERY_MS = 2_000;
const REMOVE_RETRY_MS = 500;

export interface ConductContext extends FactsContext {
  db: PrismaClient;
  log: Log;
  now: () => Date;
  target: string | null;
  /** Admin ports of the instances of each service: a fault is put into all of them. */
  faultUrls: Readonly<Record<string, readonly string[]>>;
  /** The console is being stopped. */
  isClosing: () => boolean;
  /** How long people shop as usual first; shorter in tests. */
  baselineS?: number;
}

class Stopped extends Error {
  override readonly name = 'Stopped';
}

interface Shopping {
  generator: Generator;
  startedMs: number;
  ticks: Tick[];
  summary: Summary | null;
}

/** Shops, breaks, heals and asks, and writes each step down; the fault is out when this ends, or known to whoever sweeps. */
export async function conductDrill(ctx: ConductContext, row: Drill): Promise<void> {
  const scenario = findScenario(row.scenario);
  const adminUrls = ctx.faultUrls[row.service];
  if (!scenario || adminUrls === undefined || ctx.target === null) throw new Error(`No scenario ${row.scenario} here.`);
  const shopping = shop(ctx, row, ctx.target, scenario);
  const step = (phase: DrillPhase) => beat(ctx, row.id, shopping, phase);
  let ending: { status: 'passed' | 'failed' | 'stopped' | 'broken'; fault?: string; answers?: Answer[] };
  try {
    await baseline(ctx, shopping, step);
    const faultMs = await breakIt(ctx, row, scenario, adminUrls, step);
    const faultRemovedMs = await heal(ctx, row.id, adminUrls);
    const recoveredMs = await watchRecovery(ctx, row.id, { scenario, shopping, faultMs, faultRemovedMs, step });
    shopping.generator.stop();
    while (ctx.now().getTime() < faultRemovedMs + SETTLE_MS) await step('questions');
    const facts = await gatherFacts(ctx, { scenario, faultMs, faultRemovedMs, recoveredMs });
    const answers = judgeDrill(facts);
    ending = { status: answers.every(({ passed }) => passed) ? 'passed' : 'failed', answers };
  } catch (error) {
    if (error instanceof Stopped)
      ending = { status: 'stopped', ...(ctx.isClosing() && { fault: 'The console was stopped while it ran.' }) };
    else ending = { status: 'broken', fault: error instanceof AppError ? error.message : `It broke: ${String(error)}` };
    if (ending.status === 'broken') ctx.log.warn({ err: error, drill: row.id }, 'a drill broke');
  } finally {
    shopping.generator.stop();
    await healIfFaulty(ctx, row.id, adminUrls);
  }
  if (ctx.isClosing()) shopping.generator.kill();
  const { ticks } = shopping;
  const summary = (await shopping.generator.done.catch(() => null)) ?? shopping.summary ?? undefined;
  await ctx.db.drill.update({
    where: { id: row.id },
    data: { ...ending, ticks, summary, phase: 'done', openKey: null, endedAt: ctx.now() },
  });
  // A hint is not data: without it the end is seen a minute later.
  await sendHint(ctx.db, { kind: 'job', job: 'drill', status: ending.status }).catch(() => {});
}

function shop(ctx: ConductContext, row: Drill, gatewayUrl: string, scenario: Scenario): Shopping {
  const watchS = Math.ceil(scenario.recoverWithinS * WATCH_RATIO);
  const seconds = BASELINE_S + row.faultSeconds + watchS + 60;
  const input = { gatewayUrl, workers: row.workers, seconds, pace: 1, oneAddress: false };
  const shopping: Shopping = {
    startedMs: ctx.now().getTime(),
    ticks: [],
    summary: null,
    generator: runGenerator(input, (tick, summary) => {
      if (shopping.ticks.length === 0) shopping.startedMs = ctx.now().getTime() - tick.atS * 1_000;
      shopping.ticks.push(tick);
      shopping.summary = summary;
    }),
  };
  // Whoever waits for the end hears of it; until then a death must not end the console.
  shopping.generator.done.catch(() => {});
  return shopping;
}

type Step = (phase: DrillPhase) => Promise<void>;

async function baseline(
  { now, baselineS = BASELINE_S }: ConductContext,
  shopping: Shopping,
  step: Step,
): Promise<void> {
  const giveUpMs = now().getTime() + START_MAX_MS;
  while (shopping.ticks.length === 0) {
    if (now().getTime() > giveUpMs) throw new AppError('UNAVAILABLE', 'The load generator said nothing.');
    await step('baseline');
  }
  const untilMs = shopping.startedMs + baselineS * 1_000;
  while (now().getTime() < untilMs) await step('baseline');
  const unfit = whyUnfit(shopping.summary?.counts ?? NONE);
  if (unfit) throw new AppError('CONFLICT', unfit);
}

async function breakIt(
  ctx: ConductContext,
  row: Drill,
  scenario: Scenario,
  adminUrls: readonly string[],
  step: Step,
): Promise<number> {
  const faultAt = ctx.now();
  // Before it is put in: whoever finds this row later knows what to take out.
  await ctx.db.drill.update({ where: { id: row.id }, data: { faultAt } });
  await Promise.all(adminUrls.map((adminUrl) => putFault(adminUrl, scenario.fault)));
  const untilMs = faultAt.getTime() + row.faultSeconds * 1_000;
  let diedMs = faultAt.getTime();
  while (ctx.now().getTime() < untilMs) {
    await step('fault');
    if (!scenario.fault.die || ctx.now().getTime() < diedMs + DIE_EVERY_MS) continue;
    diedMs = ctx.now().getTime();
    // They may be dead at the moment, which is the point.
    await Promise.allSettled(adminUrls.map((adminUrl) => putFault(adminUrl, scenario.fault)));
  }
  return faultAt.getTime();
}

/** Goes on until every instance of the service says that it is without fault. */
async function heal({ db, now, isClosing }: ConductContext, id: string, adminUrls: readonly string[]): Promise<number> {
  for (;;) {
    try {
      await removeAllFaults(adminUrls);
      const faultRemovedAt = now();
      await db.drill.update({ where: { id }, data: { faultRemovedAt } });
      return faultRemovedAt.getTime();
    } catch (error) {
      // The next console finds it in the table.
      if (isClosing()) throw error;
      await db.drill.update({ where: { id }, data: { heartbeatAt: now() } }).catch(() => {});
      await pause(REMOVE_RETRY_MS);
    }
  }
}

async function healIfFaulty(ctx: ConductContext, id: string, adminUrls: readonly string[]): Promise<void> {
  const { faultAt, faultRemovedAt } = await ctx.db.drill.findUniqueOrThrow({ where: { id } });
  if (faultAt && !faultRemovedAt) await heal(ctx, id, adminUrls).catch(() => {});
}

interface Watch {
  scenario: Scenario;
  shopping: Shopping;
  faultMs: number;
  faultRemovedMs: number;
  step: Step;
}

async function watchRecovery(
  ctx: ConductContext,
  id: string,
  { scenario, shopping, faultMs, faultRemovedMs, step }: Watch,
): Promise<number | null> {
  const untilMs = faultRemovedMs + scenario.recoverWithinS * 1_000 * WATCH_RATIO;
  while (ctx.now().getTime() < untilMs) {
    await step('recovery');
    const calmS = calmSince(shopping.ticks, (faultRemovedMs - shopping.startedMs) / 1_000);
    if (calmS === null || (await hasOpenBreaker(ctx, faultMs))) continue;
    const recoveredMs = shopping.startedMs + calmS * 1_000;
    await ctx.db.drill.update({ where: { id }, data: { recoveredAt: new Date(recoveredMs) } });
    return recoveredMs;
  }
  return null;
}

/** A second of the drill: what it measured is written, and whether it is to stop is asked. */
async function beat({ db, now, isClosing }: ConductContext, id: string, shopping: Shopping, phase: DrillPhase) {
  const row = await db.drill.update({
    where: { id },
    data: {
      phase,
      heartbeatAt: now(),
      ticks: shopping.ticks,
      summary: shopping.summary ?? undefined,
      // The seconds of the ticks count from when the first shopper came, not from when somebody asked for them.
      ...(shopping.ticks.length > 0 && { startedAt: new Date(shopping.startedMs) }),
    },
    select: { stopAskedAt: true },
  });
  if (row.stopAskedAt || isClosing()) throw new Stopped();
  await pause(STEP_MS);
  if (isClosing()) throw new Stopped();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
