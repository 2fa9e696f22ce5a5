import type { CheckRun } from '#prisma/generated/client.ts';
import type { Change } from '#server/changes/schema.ts';
import type { Ctx } from '#server/context.ts';
import type { TimeRange } from '#server/time/schema.ts';

type Turn = CheckRun & { before: CheckRun['status'] | null };

/** Checks that turned in the window (passed, violated, failed) or found new violations, newest first. */
export async function listChanges(
  { db, config }: Pick<Ctx, 'db' | 'config'>,
  { range, limit }: { range: TimeRange; limit: number },
): Promise<Change[]> {
  const turns = await db.$queryRaw<Turn[]>`
    SELECT id, "check", started_at AS "startedAt", status::text, violations, new_violations AS "newViolations", error, before::text
    FROM (
      SELECT *, lag(status) OVER (PARTITION BY "check" ORDER BY started_at) AS before
      FROM control.check_run
      WHERE started_at < ${new Date(range.toMs)} AND started_at >= ${new Date(range.fromMs)}::timestamptz - interval '1 day'
    ) AS run
    WHERE started_at >= ${new Date(range.fromMs)} AND (status IS DISTINCT FROM before OR new_violations > 0)
      AND NOT (before IS NULL AND status = 'passed')
    ORDER BY started_at DESC
    LIMIT ${limit}`;
  const definitions = new Map(config.checks.values().map((check) => [check.name, check]));
  return turns.map((turn) => {
    const definition = definitions.get(turn.check);
    return {
      id: `integrity-${turn.id}`,
      tMs: turn.startedAt.getTime(),
      kind: 'integrity',
      severity:
        turn.status === 'passed' ? 'ok' : turn.status === 'failed' ? 'warning' : (definition?.severity ?? 'warning'),
      title: `${definition?.title ?? turn.check}: ${describeStatus(turn)}`,
      detail:
        turn.error ?? (turn.status === 'violated' ? `${turn.violations} rows, ${turn.newViolations} of them new` : ''),
      href: `/integrity/${turn.check}`,
    };
  });
}

function describeStatus({ status, before, newViolations }: Turn): string {
  if (status === 'failed') return 'could not run';
  if (status === 'violated') return before === 'violated' ? `${newViolations} new violations` : 'violated';
  return before === 'failed' ? 'runs again and passes' : 'passes again';
}
