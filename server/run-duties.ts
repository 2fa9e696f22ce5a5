import { hostname } from 'node:os';
import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import { runSchedule, type Schedule } from '#server/integrity/run-schedule.ts';
import type { WatchedDatabase } from '#server/integrity/watched-database.ts';
import type { Lease } from '#server/leadership/lease.ts';
import { runForLease } from '#server/leadership/run-for-lease.ts';
import type { Log } from '#server/log.ts';
import { runOutbox, type Outbox, type OutboxOptions } from '#server/notify/run-outbox.ts';
import { runPipeline, type Pipeline } from '#server/notify/routing/run-pipeline.ts';
import { runHealthChecks, type HealthChecks } from '#server/registry/run-health-checks.ts';
import { pruneControl } from '#server/retention/prune-control.ts';
import { runRetention, type Retaining } from '#server/retention/run-retention.ts';
import { systemClock, type Clock } from '#server/rules/clock.ts';
import { runDerived, type DerivedRunner } from '#server/rules/derived/run-derived.ts';
import { runEvaluator, type Evaluator, type EvaluatorOptions } from '#server/rules/run-evaluator.ts';
import { createSeriesWriter } from '#server/rules/series/series-writer.ts';
import type { Store } from '#server/store/client.ts';

const PRUNE_EVERY_MS = 3_600_000;
/** Days pass at any time; who changes what is kept, mostly because a disk fills, wakes it. */
const RETENTION_EVERY_MS = 30_000;
/** They read a minute of spans and log lines each time. */
const DERIVED_EVERY_MS = 10_000;

export interface DutiesOptions {
  databaseUrl: string;
  db: PrismaClient;
  store: Store;
  config: Config;
  watched: WatchedDatabase;
  log: Log;
  now: () => Date;
  ruleIntervalMs: number;
  /** Of the rules alone; real time unless told. */
  clock?: Clock;
  /** For metrics: each evaluation of a rule, and each attempt to send. */
  onEvaluated?: EvaluatorOptions['onEvaluated'];
  onAttempted?: OutboxOptions['onAttempted'];
  /** The health of a registered instance changed. */
  onRegistryChange?: () => void;
}

export interface Duties {
  /** Something happened that rules may watch. */
  wake: (kind: 'circuit' | 'integrity' | 'alert' | 'registry' | 'retention') => void;
  /** True while this process is the one that evaluates, checks and notifies. */
  isElected: () => boolean;
  stop: () => Promise<void>;
}

interface Running {
  derived: DerivedRunner;
  evaluator: Evaluator;
  schedule: Schedule;
  outbox: Outbox;
  pipeline: Pipeline;
  health: HealthChecks;
  pruning: NodeJS.Timeout;
  retaining: Retaining;
}

/** What one console does for all: evaluate rules, run checks on schedule, send notifications, ask registered instances how they are, tidy up. Another takes over when it is gone. */
export function runDuties(options: DutiesOptions): Duties {
  const { databaseUrl, config, log } = options;
  let running: Running | null = null;

  const stopRunning = async () => {
    const stopped = running;
    running = null;
    if (!stopped) return;
    clearInterval(stopped.pruning);
    await Promise.all([
      stopped.retaining.stop(),
      stopped.derived.stop(),
      stopped.evaluator.stop(),
      stopped.schedule.stop(),
      stopped.pipeline.stop(),
      stopped.outbox.stop(),
      stopped.health.stop(),
    ]);
  };
  config.rules.watch(() => running?.evaluator.sync());
  config.checks.watch(() => running?.schedule.sync());
  config.channels.watch(() => {
    running?.pipeline.wake();
    running?.outbox.wake();
  });
  const candidate = runForLease({
    databaseUrl,
    name: 'console',
    holder: `${hostname()}:${process.pid}`,
    log,
    onElected: (lease) => {
      running = begin(options, lease);
    },
    onLost: stopRunning,
  });
  return {
    wake: (kind) => {
      if (kind === 'alert') return running?.pipeline.wake();
      if (kind === 'registry') return running?.health.wake();
      if (kind === 'retention') return running?.retaining.wake();
      const { evaluator, derived } = running ?? {};
      // The collector writes the states of breakers before it tells; what a check found becomes a series here.
      if (kind === 'circuit') evaluator?.wake(kind);
      else void derived?.wake(kind).then(() => evaluator?.wake(kind));
    },
    isElected: () => running !== null,
    stop: () => candidate.stop(),
  };
}

function begin(options: DutiesOptions, lease: Lease): Running {
  const { db, store, config, watched, log, now, ruleIntervalMs, onEvaluated, onAttempted } = options;
  const outbox = runOutbox({
    db,
    publicUrl: config.publicUrl,
    channels: config.channels.values,
    log,
    now,
    onAttempted,
  });
  const pipeline = runPipeline({ db, config, lease, now, log, onQueued: outbox.wake });
  const writer = createSeriesWriter(store);
  const clock = options.clock ?? systemClock(now);
  const sources = () => ({ db, store, checks: config.checks.values() });
  const derived = runDerived({ sources, writer, clock, intervalMs: DERIVED_EVERY_MS, log });
  const evaluator = runEvaluator({
    context: { db, store, writer, config, lease, log, now: clock.now },
    clock,
    rules: config.rules,
    intervalMs: ruleIntervalMs,
    onTransitions: pipeline.wake,
    onEvaluated,
  });
  const schedule = runSchedule({ context: { db, watched, now, lease, log }, checks: config.checks });
  const onChange = () => options.onRegistryChange?.();
  const health = runHealthChecks({ db, lease, log, now, onChange });
  const prune = () =>
    pruneControl(db, now()).catch((error: unknown) => log.warn({ err: error }, 'old rows could not be deleted'));
  const pruning = setInterval(prune, PRUNE_EVERY_MS).unref();
  void prune();
  const retaining = runRetention({ db, store, log, now, everyMs: RETENTION_EVERY_MS });
  return { derived, evaluator, schedule, outbox, pipeline, health, pruning, retaining };
}
