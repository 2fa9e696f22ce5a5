import type { Ctx } from '#server/context.ts';
import { readEnforced, RETENTION_ENFORCED } from '#server/retention/note-dropped.ts';
import type { RetentionSignal } from '#server/retention/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import type { Notice } from './schema.ts';

const NAMES: Record<RetentionSignal, string> = {
  traces: 'Traces',
  exemplars: 'Exemplars',
  logs: 'Logs',
  metrics: 'Metrics',
  rollup_1m: 'Minutes of services',
  rollup_1h: 'Hours of services',
  circuits: 'Transitions of breakers',
};

/** What was deleted because somebody shortened its time, newest first. */
export async function listRetentionNotices(
  { db }: Pick<Ctx, 'db'>,
  { range, limit }: { range: TimeRange; limit: number },
): Promise<Notice[]> {
  const entries = await db.auditEntry.findMany({
    where: { verb: RETENTION_ENFORCED, at: { gte: new Date(range.fromMs), lt: new Date(range.toMs) } },
    orderBy: { seq: 'desc' },
    take: limit,
  });
  return entries.flatMap(({ id, at, subject, input }): Notice[] => {
    const { rows, daysKept, changedBy } = readEnforced(input);
    if (changedBy === null) return [];
    return [
      {
        id: `retention-${id}`,
        tMs: at.getTime(),
        kind: 'job',
        severity: 'info',
        // Safe because noteDropped alone writes it, of a signal.
        title: `${NAMES[subject as RetentionSignal]} older than ${daysKept === 1 ? 'a day' : `${daysKept} days`} were deleted`,
        detail: `${rows.toLocaleString('en')} rows, as ${changedBy} set it`,
        href: '/sources',
      },
    ];
  });
}
