import type { Kysely } from 'kysely';
import type { NotificationsTables } from './tables.ts';

const KEPT_MS = 90 * 24 * 3_600_000;

/** What was told a season ago is no news, read or not. */
export async function forgetOld(db: Kysely<NotificationsTables>, now = Date.now()): Promise<void> {
  const before = new Date(now - KEPT_MS);
  await db.deleteFrom('notifications').where('created_at', '<', before).execute();
  await db.deleteFrom('recipients').where('created_at', '<', before).execute();
}
