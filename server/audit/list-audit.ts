import type { Ctx } from '#server/context.ts';

export interface AuditLine {
  id: string;
  atMs: number;
  actor: string;
  verb: string;
  input: Record<string, string | number | boolean | null>;
}

/** What was done to a subject, newest first. */
export async function listAudit({ db }: Pick<Ctx, 'db'>, subject: string, limit: number): Promise<AuditLine[]> {
  const entries = await db.auditEntry.findMany({ where: { subject }, orderBy: { seq: 'desc' }, take: limit });
  return entries.map(({ id, at, actor, verb, input }) => ({
    id,
    atMs: at.getTime(),
    actor,
    verb,
    // Safe because writeAudit alone writes it, from a record of these.
    input: input as AuditLine['input'],
  }));
}
