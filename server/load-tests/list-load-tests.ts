import type { Ctx } from '#server/context.ts';
import type { LoadTestOverview } from './schema.ts';
import { LINE_COLUMNS, toLine } from './to-load-test.ts';

const HISTORY_MAX = 100;

/** Where shoppers would go, whether some are on their way, and the tests there were, the newest first. */
export async function listLoadTests({ db, loadTests }: Pick<Ctx, 'db' | 'loadTests'>): Promise<LoadTestOverview> {
  const rows = await db.loadTest.findMany({ select: LINE_COLUMNS, orderBy: { startedAt: 'desc' }, take: HISTORY_MAX });
  return {
    target: loadTests.target ?? '',
    whyNot: loadTests.whyNot,
    runningId: rows.find(({ status }) => status === 'running')?.id ?? null,
    tests: rows.map(toLine),
  };
}
