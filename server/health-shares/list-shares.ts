import type { Ctx } from '#server/context.ts';
import type { HealthShare } from './schema.ts';
import { toShare } from './to-share.ts';

const SHARES_MAX = 200;

/** The links that were made, newest first, open or not. */
export async function listShares({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<HealthShare[]> {
  const rows = await db.healthShare.findMany({ orderBy: { createdAt: 'desc' }, take: SHARES_MAX });
  return rows.map((row) => toShare(row, now()));
}
