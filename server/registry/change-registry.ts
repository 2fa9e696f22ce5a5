import type { Db } from '#server/db.ts';

/**
 * Counts a change, in the transaction that makes it: its row is locked until the end of that, so whoever reads an index
 * also sees every change up to it.
 */
export async function countChange(tx: Db): Promise<void> {
  await tx.registryClock.upsert({
    where: { id: 1 },
    create: { id: 1, index: 1n },
    update: { index: { increment: 1 } },
  });
}

/** The number of the newest change. */
export async function readIndex(db: Db): Promise<number> {
  const clock = await db.registryClock.findUnique({ where: { id: 1 } });
  return Number(clock?.index ?? 0n);
}
