import type { Db } from '#server/db.ts';
import { AppError } from '#server/errors.ts';

/** Proof of having been elected: valid as long as nobody was elected after. */
export interface Lease {
  name: string;
  epoch: bigint;
}

/**
 * Throws CONFLICT when another process took the role over. Called in the transaction that writes in the role: it locks the
 * lease's row, so that no successor can begin before this transaction has ended.
 */
export async function assertHeld(tx: Db, lease: Lease): Promise<void> {
  const rows = await tx.$queryRaw<{ epoch: bigint }[]>`
    SELECT epoch FROM control.lease WHERE name = ${lease.name} FOR SHARE`;
  if (rows[0]?.epoch !== lease.epoch) throw leaseLost(lease);
}

export function leaseLost({ name }: Lease): AppError {
  return new AppError('CONFLICT', `Another process took over the role ${name}; this one writes nothing more.`);
}
