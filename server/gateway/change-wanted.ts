import { isDeepStrictEqual } from 'node:util';
import type { Db } from '#server/db.ts';
import { AppError } from '#server/errors.ts';
import { AS_STARTED } from './content-of.ts';
import type { GatewayDocument, WantedBreakers, WantedContent } from './document.ts';
import { readWanted } from './read-wanted.ts';

/** Any number that nobody else uses: versions are made one after the other. */
const WANTED_LOCK = 7_305_483;

export interface WantedChange {
  by: string;
  reason: string;
  at: Date;
  /** The version that was looked at; what would not be the next one after it is refused. Left out where a change means the same after any. */
  expectedVersion?: number | undefined;
  change: (wanted: WantedContent) => WantedContent;
}

/** Makes the next version; called in the transaction that audits it. */
export async function changeWanted(
  tx: Db,
  { by, reason, at, expectedVersion, change }: WantedChange,
): Promise<GatewayDocument> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${WANTED_LOCK})`;
  const last = await readWanted(tx);
  const version = last?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw new AppError(
      'CONFLICT',
      `Version ${version} is wanted by now, and you looked at version ${expectedVersion}. Look at what has changed and decide again.`,
    );
  const { breakers, limits, routes } = last ?? AS_STARTED;
  const before = { breakers: withoutExpired(breakers, at.getTime()), limits, routes };
  const content = change(before);
  if (expectedVersion !== undefined && isDeepStrictEqual(plain(content), plain(before)))
    throw new AppError('BAD_REQUEST', 'That is what is wanted already.');
  const next: GatewayDocument = {
    version: version + 1,
    // Gateways keep the one issued last: a clock that was set back must not make the next version an old one.
    issuedMs: Math.max(at.getTime(), (last?.issuedMs ?? 0) + 1),
    ...content,
  };
  await tx.gatewayConfiguration.create({
    data: {
      version: next.version,
      issuedAt: new Date(next.issuedMs),
      actor: by,
      reason,
      document: content.breakers,
      limits: content.limits,
      routes: content.routes,
    },
  });
  return next;
}

/** As it is stored: what is undefined is not there. */
function plain(content: WantedContent): unknown {
  return JSON.parse(JSON.stringify(content));
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
