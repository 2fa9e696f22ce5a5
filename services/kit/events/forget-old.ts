import type { Kysely } from 'kysely';
import type { EventTables } from './tables.ts';

/** Longer than any transport keeps an event that could come again. */
const INBOX_DAYS = 14;
const RESOLVED_DAYS = 30;
const DAY_MS = 86_400_000;

/** Forgets what was applied long ago, and dead letters that were decided about. */
export async function forgetOld(db: Kysely<EventTables>, now = Date.now()): Promise<void> {
  const before = (days: number) => new Date(now - days * DAY_MS);
  await db.deleteFrom('inbox').where('processed_at', '<', before(INBOX_DAYS)).execute();
  await db.deleteFrom('dead_letters').where('resolved_at', '<', before(RESOLVED_DAYS)).execute();
}
