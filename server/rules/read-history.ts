import type { Ctx } from '#server/context.ts';
import type { AlertHistory, AlertHistoryInput } from './schema.ts';
import { summariseHistory } from './summarise-history.ts';
import { toSeverity } from './severity.ts';
import type { z } from 'zod';

const DAY_MS = 86_400_000;
/** A rule that fires more often than this is a rule to be mended, and its count says so. */
const EPISODES_MAX = 20_000;

export async function readHistory(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  { days }: z.output<typeof AlertHistoryInput>,
): Promise<AlertHistory[]> {
  const nowMs = now().getTime();
  const from = new Date(nowMs - days * DAY_MS);
  const rows = await db.alert.findMany({
    where: { firedAt: { not: null }, OR: [{ resolvedAt: null }, { resolvedAt: { gt: from } }] },
    orderBy: { firedAt: 'desc' },
    select: { rule: true, severity: true, firedAt: true, resolvedAt: true },
    take: EPISODES_MAX,
  });
  const episodes = rows.map(({ rule, severity, firedAt, resolvedAt }) => ({
    rule,
    severity: toSeverity(severity),
    firedMs: firedAt!.getTime(),
    resolvedMs: resolvedAt?.getTime() ?? null,
  }));
  return summariseHistory(episodes, days, nowMs);
}
