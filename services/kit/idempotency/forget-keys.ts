import type { Kysely } from 'kysely';
import type { IdempotencyTables } from './tables.ts';

/** Forgets the keys whose time is over. */
export async function forgetKeys(db: Kysely<IdempotencyTables>, now = Date.now()): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('expires_at', '<=', new Date(now)).execute();
}
