import type { Db } from '#server/db.ts';
import { LIVE_CHANNEL, type LiveHint } from './channel.ts';

/** Tells every process that listens; within a transaction, when and only if it commits. */
export async function sendHint(db: Db, hint: LiveHint): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(hint)})`;
}
