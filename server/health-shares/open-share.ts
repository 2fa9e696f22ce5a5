import type { Ctx } from '#server/context.ts';
import { listIncidents } from '#server/incidents/list-incidents.ts';
import { getHealth } from '#server/slos/get-health.ts';
import type { OpenHealthShareInput, SharedHealth } from './schema.ts';
import { hashShareToken } from './share-token.ts';
import { shareState } from './to-share.ts';

/** What the bearer of a token may read: decided here, before anything is read. The token is good for nothing else. */
export async function openShare(
  ctx: Pick<Ctx, 'db' | 'store' | 'now'>,
  { token }: OpenHealthShareInput,
): Promise<SharedHealth> {
  const row = await ctx.db.healthShare.findUnique({ where: { tokenHash: hashShareToken(token) } });
  if (!row) return { state: 'unknown' };
  const state = shareState(row, ctx.now());
  if (state !== 'open') return { state, atMs: (row.revokedAt ?? row.expiresAt).getTime() };
  const [report, incidents] = await Promise.all([getHealth(ctx), listIncidents(ctx)]);
  return { state, expiresMs: row.expiresAt.getTime(), report, incidents };
}
