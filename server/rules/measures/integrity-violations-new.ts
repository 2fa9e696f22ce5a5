import { NEW_FOR_MS } from '#server/integrity/is-new.ts';
import type { Measure } from './measure.ts';

/** How many violating rows of a check are new and still there. */
export const integrityViolationsNew: Measure = {
  wokenBy: 'integrity',
  read: async ({ db, checks, atMs }) => {
    const counts = await db.violation.groupBy({
      by: ['check'],
      where: { resolvedAt: null, firstSeen: { gt: new Date(atMs - NEW_FOR_MS) } },
      _count: true,
    });
    const countOf = new Map(counts.map(({ check, _count }) => [check, _count]));
    return checks.map(({ name, severity }) => ({
      labels: { check: name, severity },
      value: countOf.get(name) ?? 0,
    }));
  },
};
