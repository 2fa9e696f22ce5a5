import type { Db } from '#server/db.ts';
import { AppError } from '#server/errors.ts';

/** Any number that nobody else uses: tests and drills look at each other's tables before they begin. */
const CLAIM_LOCK = 7_305_484;
/** The unique value of `openKey` while one runs. */
export const OPEN_KEY = 'running';

/** Throws CONFLICT while a load test or a drill runs: two at once would measure each other. Called in the transaction that begins one. */
export async function claim(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK})`;
  const where = { openKey: { not: null } };
  const [test, drill] = await Promise.all([
    tx.loadTest.findFirst({ where, select: { actor: true } }),
    tx.drill.findFirst({ where, select: { actor: true, scenario: true } }),
  ]);
  if (test) throw new AppError('CONFLICT', `A load test of ${test.actor} is running: stop it, or wait for its end.`);
  if (drill)
    throw new AppError(
      'CONFLICT',
      `The drill ${drill.scenario} of ${drill.actor} is running: stop it, or wait for its end.`,
    );
}
