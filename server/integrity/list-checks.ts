import { Cron } from 'croner';
import type { CheckRun as CheckRunRow } from '#prisma/generated/client.ts';
import type { FileError } from '#server/config/config-folder.ts';
import type { Ctx } from '#server/context.ts';
import type { CheckDefinition } from './parse-check-file.ts';
import type { Check } from './schema.ts';
import { toCheckRun } from './to-check-run.ts';

const HISTORY_RUNS = 30;

/** Every check as it is configured, with its last run and its history; a file that cannot be read stands as a check that failed. */
export async function listChecks(ctx: Pick<Ctx, 'db' | 'config' | 'watched' | 'now'>): Promise<Check[]> {
  const { config } = ctx;
  const faults = config.checks.errors().map((error) => fileInError(error, ctx.now()));
  const faulty = new Set(faults.map(({ name }) => name));
  const definitions = config.checks.values().filter(({ name }) => !faulty.has(name));
  return [...(await describeChecks(ctx, definitions)), ...faults].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The same for some checks, in their order. */
export async function describeChecks(
  { db, watched, now }: Pick<Ctx, 'db' | 'watched' | 'now'>,
  definitions: readonly CheckDefinition[],
): Promise<Check[]> {
  const runs = await db.$queryRaw<CheckRunRow[]>`
    SELECT run.id, run."check", run.started_at AS "startedAt", run.duration_ms AS "durationMs", run.trigger::text, run.status::text,
      run.violations, run.new_violations AS "newViolations", run.error
    FROM unnest(${definitions.map(({ name }) => name)}::text[]) AS wanted (name)
    CROSS JOIN LATERAL (
      SELECT * FROM control.check_run WHERE "check" = wanted.name ORDER BY started_at DESC LIMIT ${HISTORY_RUNS}
    ) AS run
    ORDER BY run.started_at DESC`;
  return definitions.map((definition): Check => {
    const { key: _key, ...stated } = definition;
    const own = runs.filter((run) => run.check === definition.name);
    const lastRun = own[0] ? toCheckRun(own[0]) : null;
    return {
      ...stated,
      status: lastRun?.status ?? 'never_run',
      lastRun,
      nextRunMs: nextRunMs(definition.schedule, now()),
      running: watched.isRunning(definition.name),
      history: own.toReversed().map(({ status, violations }) => (status === 'failed' ? null : violations)),
    };
  });
}

/** Schedules are read in UTC, wherever a console runs. */
export function nextRunMs(schedule: string, after: Date): number | null {
  return new Cron(schedule, { paused: true, timezone: 'UTC' }).nextRun(after)?.getTime() ?? null;
}

function fileInError({ file, message }: FileError, now: Date): Check {
  const name =
    file
      .replace(/\.ya?ml$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'unnamed';
  return {
    name,
    title: `config/checks/${file}`,
    description: 'This file cannot be read. If it could before, its last readable version still runs.',
    severity: 'warning',
    owner: '',
    schedule: '',
    sql: '',
    status: 'failed',
    lastRun: {
      id: `file-${name}`,
      startedMs: now.getTime(),
      durationMs: 0,
      trigger: 'start',
      status: 'failed',
      violations: 0,
      newViolations: 0,
      error: message,
    },
    nextRunMs: null,
    running: false,
    history: [],
  };
}
