import type { Ctx } from '#server/context.ts';
import { WantedBreakers } from '#server/gateway/document.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { OPERABLE_REPORTER } from '#server/circuits/find-operable.ts';
import { describeSettings } from './describe-settings.ts';
import { judgeChange } from './judge-change.ts';
import type { Change } from './schema.ts';

/** Versions of the gateway's configuration that set something anew, newest first, each held to what the guarded service did since. */
export async function listConfigurationChanges(
  ctx: Pick<Ctx, 'db' | 'store' | 'now'>,
  { range, limit }: { range: TimeRange; limit: number },
): Promise<Change[]> {
  const rows = await ctx.db.gatewayConfiguration.findMany({
    where: { issuedAt: { gte: new Date(range.fromMs), lt: new Date(range.toMs) } },
    orderBy: { version: 'desc' },
    take: limit,
  });
  const oldest = rows.at(-1);
  const before =
    oldest &&
    (await ctx.db.gatewayConfiguration.findFirst({
      where: { version: { lt: oldest.version } },
      orderBy: { version: 'desc' },
    }));
  const changes = rows.flatMap((row, index) => {
    const previous = rows[index + 1] ?? before;
    const settings = describeSettings(
      WantedBreakers.parse(previous?.document ?? {}),
      WantedBreakers.parse(row.document),
    );
    return settings.map((change) => ({ ...change, row }));
  });
  return Promise.all(
    changes.map(async ({ breaker, text, row }) => {
      const atMs = row.issuedAt.getTime();
      const verdict = await judgeChange(ctx, { service: breaker, atMs });
      return {
        id: `configuration-${row.version}-${breaker}`,
        tMs: atMs,
        kind: 'configuration' as const,
        severity: verdict.severity,
        title: `Breaker ${breaker}: ${text}`,
        detail: `after it: ${verdict.text} · ${row.reason}, ${row.actor}`,
        href: `/circuits?breaker=${encodeURIComponent(`${OPERABLE_REPORTER}~${breaker}`)}`,
      };
    }),
  );
}
