import type { Db } from '#server/db.ts';
import type { GatewayDocument, WantedBreaker, WantedBreakers } from './document.ts';
import { readWanted } from './read-wanted.ts';

/** Any number that nobody else uses: versions are made one after the other. */
const WANTED_LOCK = 7_305_483;

export interface WantedChange {
  name: string;
  by: string;
  reason: string;
  at: Date;
  change: (breaker: WantedBreaker) => WantedBreaker;
}

/** Makes the next version, with one breaker changed; called in the transaction that audits it. */
export async function changeWanted(tx: Db, { name, by, reason, at, change }: WantedChange): Promise<GatewayDocument> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${WANTED_LOCK})`;
  const last = await readWanted(tx);
  const breakers = withoutExpired(last?.breakers ?? {}, at.getTime());
  const next: GatewayDocument = {
    version: (last?.version ?? 0) + 1,
    // Gateways keep the one issued last: a clock that was set back must not make the next version an old one.
    issuedMs: Math.max(at.getTime(), (last?.issuedMs ?? 0) + 1),
    breakers: { ...breakers, [name]: change(breakers[name] ?? { forced: null, note: '' }) },
  };
  await tx.gatewayConfiguration.create({
    data: { version: next.version, issuedAt: new Date(next.issuedMs), actor: by, reason, document: next.breakers },
  });
  return next;
}

/** What has ended by itself is not wanted again. */
function withoutExpired(breakers: WantedBreakers, nowMs: number): WantedBreakers {
  return Object.fromEntries(
    Object.entries(breakers).map(([name, breaker]) => [
      name,
      breaker.forced && breaker.forced.untilMs <= nowMs ? { ...breaker, forced: null } : breaker,
    ]),
  );
}
