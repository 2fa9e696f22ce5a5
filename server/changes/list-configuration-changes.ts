import type { Ctx } from '#server/context.ts';
import { AS_STARTED, contentOf } from '#server/gateway/content-of.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { OPERABLE_REPORTER } from '#server/circuits/find-operable.ts';
import { describeConfiguration, type ConfigurationChange } from './describe-configuration.ts';
import { judgeChange } from './judge-change.ts';
import type { Change } from './schema.ts';

/** Versions of the gateway's configuration that set something anew, newest first, each held to what the service did since. */
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
    const parts = describeConfiguration(previous ? contentOf(previous) : AS_STARTED, contentOf(row));
    return parts.map((part) => ({ part, row }));
  });
  return Promise.all(
    changes.map(async ({ part, row }) => {
      const atMs = row.issuedAt.getTime();
      const { service, title, href } = PARTS[part.kind](part.name);
      const verdict = await judgeChange(ctx, { service, atMs });
      return {
        // A breaker may have the name of a route.
        id: `configuration-${row.version}-${part.kind === 'breaker' ? '' : `${part.kind}-`}${part.name}`,
        tMs: atMs,
        kind: 'configuration' as const,
        severity: verdict.severity,
        title: `${title}: ${part.text}`,
        detail: `after it: ${verdict.text} · ${row.reason}, ${row.actor}`,
        href,
      };
    }),
  );
}

/** How each part is called, whose fate is compared, and where it is shown; a limit and a route are felt by whoever asks the gateway. */
const PARTS: Record<ConfigurationChange['kind'], (name: string) => { service: string; title: string; href: string }> = {
  breaker: (name) => ({
    service: name,
    title: `Breaker ${name}`,
    href: `/circuits?breaker=${encodeURIComponent(`${OPERABLE_REPORTER}~${name}`)}`,
  }),
  limit: (name) => ({ service: OPERABLE_REPORTER, title: `Limit ${name}`, href: '/gateway' }),
  route: (name) => ({ service: OPERABLE_REPORTER, title: `Route /api/${name}`, href: '/gateway' }),
};
