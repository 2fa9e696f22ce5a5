import type { LoadTest, PrismaClient } from '#prisma/generated/client.ts';
import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import type { Log } from '#server/log.ts';
import { every } from './every.ts';
import { judge } from './judge.ts';
import { runGenerator, type Generator } from './run-generator.ts';
import type { Result, Summary, Tick } from './schema.ts';

const SWEEP_MS = 2_000;
/** Who is silent for longer has gone; a heartbeat is written each second. */
export const SILENT_MS = 10_000;
const GONE = 'The console that ran it went away.';
const STOPPED = 'The console was stopped while it ran.';

export interface LoadTests {
  /** The gateway that shoppers go to; null where none is known. */
  target: string | null;
  /** Why there is no target. */
  whyNot: string;
  /** Runs a test whose row was just written. */
  run: (row: LoadTest) => void;
  /** Resolves when a test of ours is at its end, with its result unless it broke. */
  whenDone: (id: string) => Promise<Result | null>;
  stop: () => Promise<void>;
}

export interface LoadTestsOptions {
  db: PrismaClient;
  log: Log;
  now: () => Date;
  target: string | null;
  onProgress?: (tick: Tick, summary: Summary) => void;
}

/** Runs load tests in a process of their own, keeps what they say, and closes those whose console is gone. */
export function runLoadTests({ db, log, now, target, onProgress }: LoadTestsOptions): LoadTests {
  const own = new Map<string, { generator: Generator; done: Promise<Result | null> }>();
  let isClosing = false;

  const conduct = async (id: string, generator: Generator, progress: Progress): Promise<Result | null> => {
    let isStopAsked = false;
    const beat = every(1_000, async () => {
      const row = await db.loadTest.update({
        where: { id },
        data: { heartbeatAt: now(), ticks: progress.ticks, summary: progress.summary ?? undefined },
        select: { stopAskedAt: true },
      });
      if (!row.stopAskedAt) return;
      isStopAsked = true;
      generator.stop();
    });
    let outcome: Outcome;
    try {
      outcome = { result: await generator.done };
    } catch (error) {
      // Who was asked to stop and had to be ended has stopped all the same.
      if (isStopAsked) outcome = { stopped: progress.summary };
      else outcome = { fault: isClosing ? STOPPED : error instanceof AppError ? error.message : String(error) };
      if (!isClosing && !isStopAsked) log.warn({ err: error, loadTest: id }, 'a load test broke');
    }
    await beat.stop();
    const ended = ending(outcome);
    await db.loadTest.update({
      where: { id },
      data: { ...ended, ticks: progress.ticks, openKey: null, endedAt: now() },
    });
    // A hint is not data: without it the end is seen a minute later.
    await sendHint(db, { kind: 'job', job: 'load-test', status: ended.status }).catch(() => {});
    return 'result' in outcome ? outcome.result : null;
  };

  const sweep = every(SWEEP_MS, async () => {
    const { count } = await db.loadTest.updateMany({
      where: {
        openKey: { not: null },
        heartbeatAt: { lt: new Date(now().getTime() - SILENT_MS) },
        id: { notIn: [...own.keys()] },
      },
      data: { status: 'broken', fault: GONE, openKey: null, endedAt: now() },
    });
    if (count > 0) log.warn({ count }, 'load tests of a console that is gone were closed');
  });

  return {
    target,
    whyNot:
      target === null ? 'No gateway is known here: the shipped fleet is not started, and GATEWAY_URL names none.' : '',
    run: ({ id, target: gatewayUrl, workers, seconds, pace, oneAddress }) => {
      const progress: Progress = { ticks: [], summary: null };
      const generator = runGenerator({ gatewayUrl, workers, seconds, pace, oneAddress }, (tick, summary) => {
        progress.ticks.push(tick);
        progress.summary = summary;
        onProgress?.(tick, summary);
      });
      const done = conduct(id, generator, progress)
        .catch((error: unknown) => {
          // The sweep of any console closes it when the database is back.
          log.warn({ err: error, loadTest: id }, 'the end of a load test could not be written');
          return null;
        })
        .finally(() => own.delete(id));
      own.set(id, { generator, done });
    },
    whenDone: (id) => own.get(id)?.done ?? Promise.resolve(null),
    stop: async () => {
      isClosing = true;
      await sweep.stop();
      const running = [...own.values()];
      for (const { generator } of running) generator.kill();
      await Promise.all(running.map(({ done }) => done));
    },
  };
}

interface Progress {
  ticks: Tick[];
  summary: Summary | null;
}

type Outcome = { result: Result } | { fault: string } | { stopped: Summary | null };

function ending(outcome: Outcome) {
  if ('fault' in outcome) return { status: 'broken' as const, fault: outcome.fault };
  if ('stopped' in outcome) return { status: 'stopped' as const, summary: outcome.stopped ?? undefined };
  const { result } = outcome;
  if (result.isStopped) return { status: 'stopped' as const, summary: result };
  return { status: judge(result).isPassed ? ('passed' as const) : ('failed' as const), summary: result };
}
