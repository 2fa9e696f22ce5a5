import type { Actor } from '#server/context.ts';
import type { Db } from '#server/db.ts';
import { auditDigest, CHAIN_START } from './audit-digest.ts';

/** Any number that nobody else uses: writers take turns until their transactions end, or two would follow the same entry. */
const AUDIT_LOCK = 7_305_482;

export interface AuditInput {
  actor: Actor;
  at: Date;
  /** `<domain>.<verb>` */
  verb: string;
  subject: string;
  /** As the verb was given it; never a secret. */
  input: Record<string, string | number | boolean | null>;
}

/** Notes who did what; called in the transaction of the change, so that there is neither without the other. */
export async function writeAudit(tx: Db, { actor, at, verb, subject, input }: AuditInput): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${AUDIT_LOCK})`;
  const last = await tx.auditEntry.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, digest: true } });
  const entry = { seq: (last?.seq ?? 0n) + 1n, at, actorId: actor.id, actor: actor.name, verb, subject, input };
  const previous = last?.digest ?? CHAIN_START;
  await tx.auditEntry.create({ data: { ...entry, previous, digest: auditDigest(previous, entry) } });
}
