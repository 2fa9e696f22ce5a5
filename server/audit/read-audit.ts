import type { AuditEntry } from '#prisma/generated/client.ts';
import type { Db } from '#server/db.ts';

const BATCH_ROWS = 1_000;

/** All entries, the oldest first. */
export async function* readAudit(db: Db): AsyncGenerator<AuditEntry> {
  let after = 0n;
  while (true) {
    const batch = await db.auditEntry.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: BATCH_ROWS,
    });
    yield* batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH_ROWS) return;
    after = last.seq;
  }
}
