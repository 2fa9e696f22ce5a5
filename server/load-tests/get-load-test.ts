import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { advise, type BreakerInForce } from './advise.ts';
import { judge } from './judge.ts';
import type { LoadTest, LoadTestInput } from './schema.ts';
import { readSummary, readTicks, toLine } from './to-load-test.ts';

/** One test: what it added up to, second by second, its verdict, and what to make of it. */
export async function getLoadTest(
  { db, gateways }: Pick<Ctx, 'db' | 'gateways'>,
  { id }: z.infer<typeof LoadTestInput>,
): Promise<LoadTest> {
  const row = await db.loadTest.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', 'There is no such load test; those older than 90 days are deleted.');
  const summary = readSummary(row.summary);
  const isJudged = row.status === 'passed' || row.status === 'failed';
  return {
    ...toLine(row),
    summary,
    ticks: readTicks(row.ticks),
    verdict: summary && isJudged ? judge(summary) : null,
    advice: summary && row.status !== 'running' ? advise(row, summary, breakersInForce(gateways)) : [],
    fault: row.fault,
    isStopping: row.status === 'running' && row.stopAskedAt !== null,
  };
}

export function breakersInForce(gateways: Ctx['gateways']): BreakerInForce[] {
  const held = gateways.status().flatMap((status) => status.held?.circuits ?? []);
  return held.map(({ service, threshold, resetTimeoutMs }) => ({ name: service, threshold, resetTimeoutMs }));
}
