import { setTimeout as sleep } from 'node:timers/promises';
import { nextRunMs } from './list-checks.ts';
import type { CheckDefinition } from './parse-check-file.ts';
import type { RunRecord } from './record-run.ts';
import { execute, type RunContext } from './run-check.ts';

/** SQLSTATEs of a schema, table, column or function that a service has yet to make. */
const NOT_YET = ['3F000', '42P01', '42703', '42883'];
/** Everything starts together: for ten seconds a missing table is no news. After two minutes the schedule is quick enough. */
const QUIET = { attempts: 10, pauseMs: 1_000 };
const TOLD = { attempts: 11, pauseMs: 10_000 };

/** A check that has not run for a while runs at once, and again until the tables are there that it reads. */
export async function runAtStart(
  context: RunContext,
  check: CheckDefinition,
  record: (run: RunRecord) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const last = await context.db.checkRun.findFirst({ where: { check: check.name }, orderBy: { startedAt: 'desc' } });
  if (!shouldRunAtStart(last, check.schedule, context.now())) return;
  let told = false;
  for (let attempt = 1; attempt <= QUIET.attempts + TOLD.attempts && !signal.aborted; attempt += 1) {
    const run = await execute(context, check, 'start');
    const { outcome } = run;
    const waiting = outcome.status === 'failed' && (outcome.code === null || NOT_YET.includes(outcome.code));
    if (!waiting || (attempt > QUIET.attempts && !told)) {
      await record(run);
      told = true;
    }
    if (!waiting) return;
    const { pauseMs } = attempt <= QUIET.attempts ? QUIET : TOLD;
    await sleep(pauseMs, undefined, { signal, ref: false });
  }
}

/** True when a check never ran, failed last, or missed a turn while nobody was there to run it. */
export function shouldRunAtStart(
  last: { startedAt: Date; status: string } | null,
  schedule: string,
  now: Date,
): boolean {
  if (!last || last.status === 'failed') return true;
  const due = nextRunMs(schedule, last.startedAt);
  return due !== null && due <= now.getTime();
}
