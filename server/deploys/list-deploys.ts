import type { z } from 'zod';
import { judgeChange } from '#server/changes/judge-change.ts';
import type { Ctx } from '#server/context.ts';
import { readVersionAppearances } from '#server/store/queries/version-appearances.ts';
import { checkRange } from '#server/time/check-range.ts';
import { findDeploys } from './find-deploys.ts';
import type { Deploy, ListDeploysInput } from './schema.ts';

/** What ran before is looked for this far back. */
const LOOKBACK_MS = 24 * 60 * 60_000;
const VERDICTS_MAX = 20;
const REPORTED_MAX = 500;

/** The deploys of the window, reported and seen, newest first, the newest of them judged. */
export async function listDeploys(
  ctx: Pick<Ctx, 'db' | 'store' | 'now'>,
  { range, service, limit }: z.output<typeof ListDeploysInput>,
): Promise<Deploy[]> {
  checkRange(range);
  const lookback = { fromMs: Math.max(0, range.fromMs - LOOKBACK_MS), toMs: range.toMs };
  const reported = await ctx.db.deploy.findMany({
    where: { ...(service && { service }), at: { gte: new Date(lookback.fromMs), lt: new Date(lookback.toMs) } },
    orderBy: { at: 'desc' },
    take: REPORTED_MAX,
  });
  // What a reported version replaced is known from spans.
  const always = [...new Set(reported.map((deploy) => deploy.service))];
  const appearances = await readVersionAppearances(ctx.store, { range: lookback, service, always });
  const all = findDeploys(
    appearances,
    reported.map(({ at, ...deploy }) => ({ ...deploy, atMs: at.getTime() })),
  );
  const shown = all.filter(({ atMs }) => atMs >= range.fromMs && atMs < range.toMs).slice(-limit);
  return Promise.all(
    shown.toReversed().map(async (deploy, index) => {
      const next = all.find((one) => one.service === deploy.service && one.atMs > deploy.atMs);
      const judged = { service: deploy.service, atMs: deploy.atMs, untilMs: next?.atMs };
      return { ...deploy, verdict: index < VERDICTS_MAX ? await judgeChange(ctx, judged) : null };
    }),
  );
}
