import type { Actor } from '#server/context.ts';
import type { Db } from '#server/db.ts';

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
  await tx.auditEntry.create({ data: { at, actorId: actor.id, actor: actor.name, verb, subject, input } });
}
