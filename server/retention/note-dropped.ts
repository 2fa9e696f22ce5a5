import { z } from 'zod';
import type { PrismaClient } from '#prisma/generated/client.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Actor } from '#server/context.ts';
import { sendHint } from '#server/live/send-hint.ts';
import type { Partition } from '#server/store/queries/partitions.ts';
import { sumHeld } from './get-retention.ts';
import { KEPT_TABLES } from './kept-tables.ts';
import type { RetentionSignal } from './schema.ts';

export const RETENTION_ENFORCED = 'retention.enforce';
const CONSOLE: Actor = { id: 'console', name: 'Switchyard', role: 'admin' };
/** Whoever shortened it waits for that; what goes on any later day is nobody's news. */
const AWAITED_MS = 3_600_000;

const Enforced = z.object({
  daysKept: z.number(),
  partitions: z.number(),
  /** Of the signal's main table. */
  rows: z.number(),
  bytes: z.number(),
  /** Who changed the time shortly before; null when it simply passed. */
  changedBy: z.string().nullable(),
});
export type Enforced = z.infer<typeof Enforced>;

/** What a `retention.enforce` entry of the audit says. */
export function readEnforced(input: unknown): Enforced {
  return Enforced.parse(input);
}

/** Writes down what was deleted for good, and tells open tabs. */
export async function noteDropped(
  db: PrismaClient,
  { signal, daysKept, dropped }: { signal: RetentionSignal; daysKept: number; dropped: readonly Partition[] },
  at: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const change = await tx.auditEntry.findFirst({
      where: { verb: 'retention.set', subject: signal, at: { gte: new Date(at.getTime() - AWAITED_MS) } },
      orderBy: { seq: 'desc' },
    });
    const { rows, bytes } = sumHeld(dropped, KEPT_TABLES[signal][0]);
    const input: Enforced = { daysKept, partitions: dropped.length, rows, bytes, changedBy: change?.actor ?? null };
    await writeAudit(tx, { actor: CONSOLE, at, verb: RETENTION_ENFORCED, subject: signal, input });
    await sendHint(tx, { kind: 'job', job: 'retention', status: 'passed' });
  });
}
