import { Cron } from 'croner';
import type { ConfigFolder } from '#server/config/config-folder.ts';
import { assertHeld, type Lease } from '#server/leadership/lease.ts';
import type { Log } from '#server/log.ts';
import { runAtStart } from './run-at-start.ts';
import type { CheckDefinition } from './parse-check-file.ts';
import { execute, type RunContext } from './run-check.ts';
import { recordRun, type RunRecord } from './record-run.ts';

export interface ScheduleOptions {
  context: RunContext & { lease: Lease; log: Log };
  checks: Pick<ConfigFolder<CheckDefinition>, 'values'>;
}

export interface Schedule {
  /** Takes the checks as they are configured now. */
  sync: () => void;
  stop: () => Promise<void>;
}

/** Runs every check on its schedule, and once at the start. */
export function runSchedule({ context, checks }: ScheduleOptions): Schedule {
  const stopping = new AbortController();
  const inFlight = new Set<Promise<void>>();
  let jobs = new Map<string, { check: CheckDefinition; cron: Cron }>();

  const follow = (work: Promise<void>) => {
    const followed = work
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) context.log.warn({ err: error }, 'a check could not be recorded');
      })
      .finally(() => inFlight.delete(followed));
    inFlight.add(followed);
  };
  const begin = (check: CheckDefinition) => {
    follow(runAtStart(context, check, (run) => record(context, run), stopping.signal));
    const cron = new Cron(check.schedule, { timezone: 'UTC', unref: true }, () => {
      if (!context.watched.isRunning(check.name))
        follow(execute(context, check, 'schedule').then((run) => record(context, run)));
    });
    return { check, cron };
  };
  const sync = () => {
    const next: typeof jobs = new Map();
    for (const check of checks.values()) {
      const known = jobs.get(check.name);
      if (known && JSON.stringify(known.check) === JSON.stringify(check)) next.set(check.name, known);
      else next.set(check.name, begin(check));
    }
    for (const job of jobs.values()) if (next.get(job.check.name) !== job) job.cron.stop();
    jobs = next;
  };

  sync();
  return {
    sync,
    stop: async () => {
      stopping.abort();
      for (const { cron } of jobs.values()) cron.stop();
      await Promise.all(inFlight);
    },
  };
}

async function record({ db, lease }: ScheduleOptions['context'], run: RunRecord): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertHeld(tx, lease);
    await recordRun(tx, run);
  });
}
