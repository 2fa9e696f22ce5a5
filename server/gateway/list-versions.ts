import type { Ctx } from '#server/context.ts';
import { describeConfiguration } from '#server/changes/describe-configuration.ts';
import { AS_STARTED, contentOf } from './content-of.ts';
import type { WantedContent } from './document.ts';
import { restoreContent } from './restore-content.ts';
import type { GatewayVersion } from './schema.ts';

const SHOWN_MAX = 50;

/** The newest versions of what is wanted of the gateways, newest first, each with what it changed and what restoring it would change now. */
export async function listVersions({ db }: Pick<Ctx, 'db'>): Promise<GatewayVersion[]> {
  // One more, to say what the oldest of them changed.
  const rows = await db.gatewayConfiguration.findMany({ orderBy: { version: 'desc' }, take: SHOWN_MAX + 1 });
  const versions = rows.map((row) => ({ row, content: contentOf(row) }));
  const now = versions[0]?.content ?? AS_STARTED;
  const listed = versions.slice(0, SHOWN_MAX).map(({ row, content }, index) => ({
    version: row.version,
    atMs: row.issuedAt.getTime(),
    actor: row.actor,
    reason: row.reason,
    changes: describeChanges(versions[index + 1]?.content ?? AS_STARTED, content),
    ifRestored: describeRestore(now, content),
  }));
  const asStarted = { version: 0, atMs: null, actor: '', reason: '', changes: [] };
  return [...listed, { ...asStarted, ifRestored: describeRestore(now, AS_STARTED) }];
}

function describeRestore(now: WantedContent, then: WantedContent): string[] {
  return toWords(now, restoreContent(now, then, { by: '', reason: '', sinceMs: 0 }));
}

/** Forces and shadows make versions as well; else those would look as if nothing had changed. */
function describeChanges(before: WantedContent, after: WantedContent): string[] {
  const held = Object.entries(after.breakers).flatMap(([name, { forced, shadow }]) => {
    const last = before.breakers[name];
    return [
      forced && forced.sinceMs !== last?.forced?.sinceMs && `breaker ${name}: forced ${forced.side}`,
      !forced && last?.forced && `breaker ${name}: no longer forced`,
      shadow && shadow.sinceMs !== last?.shadow?.sinceMs && `breaker ${name}: a shadow begins`,
      !shadow && last?.shadow && `breaker ${name}: its shadow ends`,
    ].filter((text) => typeof text === 'string');
  });
  return [...toWords(before, after), ...held];
}

function toWords(before: WantedContent, after: WantedContent): string[] {
  return describeConfiguration(before, after).map(
    ({ kind, name, text }) => `${kind} ${kind === 'route' ? '/api/' : ''}${name}: ${text}`,
  );
}
